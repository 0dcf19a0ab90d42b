using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>
/// Diagnostics of users who are equal, such as a removal by an id that is not there. Documents do not list these users
/// (docs/documents.md#plan), so they are reported for the whole plan, mere notes aside. Only the first rows are kept: memory must not grow with users.
/// </summary>
internal sealed class EqualUserDiagnostics
{
    public const int MostUsers = 100;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, ImmutableArray<Diagnostic>> _first = [];
    private long _users;

    public void Add(PlannedUser user)
    {
        if (user.Plan.Situation != Situation.Equal) return;
        ImmutableArray<Diagnostic> warnings = user.Plan.Diagnostics.RemoveAll(static d => d.Severity == Severity.Info);
        if (warnings.IsEmpty) return;
        lock (_gate)
        {
            _users++;
            _first[user.Row.Ordinal] = [.. warnings.Select(d => d with { Message = $"{user.Row.UserText}: {d.Message}" })];
            if (_first.Count > MostUsers) _first.Remove(_first.Keys.Last());
        }
    }

    /// <summary>In source order, whatever the order of arrival.</summary>
    public ImmutableArray<Diagnostic> ToDiagnostics()
    {
        lock (_gate)
        {
            IEnumerable<Diagnostic> reported = _first.Values.SelectMany(d => d);
            return _users <= MostUsers ? [.. reported]
                : [.. reported, Diagnostic.Info("moreEqualUsersTold", string.Create(System.Globalization.CultureInfo.InvariantCulture,
                    $"{_users - MostUsers} more users who need no change have such messages; 'explain USER' shows those of one user."))];
        }
    }
}
