using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Undo;

/// <summary>A run turned round: rows that bring back what it changed, to be planned like any others.</summary>
public static class UndoRows
{
    /// <summary>The users of a run of whom anything was, or may have been, applied, as the source named them.</summary>
    public static async Task<IReadOnlySet<UserKey>> UsersAsync(IRunStore store, string runId, UndoTerms terms, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        HashSet<UserKey> users = [];
        await foreach (RunUser user in store.UsersAsync(runId, cancellation))
        {
            if (user.Planned.Row.Key is { } key && UndoRow.From(user, terms) is not null) users.Add(key);
        }

        return users;
    }

    public static async IAsyncEnumerable<SourceRow> ReadAsync(
        IRunStore store, string runId, UndoTerms terms, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        await foreach (RunUser user in store.UsersAsync(runId, cancellation))
        {
            if (UndoRow.From(user, terms) is { } row) yield return row;
        }
    }

    /// <summary>
    /// The policies for going back: what is in force for new values does not keep the old ones away. A phone that the run added may be
    /// the default by now, and the service deletes no default, so it is moved first where it can be.
    /// </summary>
    public static PlanningPolicy Policy(PlanningPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy with
        {
            Overwrite = OverwritePolicy.Always,
            AddPhone = AddPhonePolicy.Always,
            Phones = PhonesPolicy.Manage,
            AlternateOnly = AlternateOnlyPolicy.Refuse,
            DefaultMethod = DefaultMethodPolicy.Switch,
            Numbers = policy.Numbers.WithoutHolds()
        };
    }
}
