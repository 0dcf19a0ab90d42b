using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Incremental;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Runs.Drift;

/// <summary>A row with what is remembered of its user.</summary>
/// <param name="Row">The row.</param>
/// <param name="State">What was verified; null when nothing is remembered.</param>
/// <param name="IsMoved">Whether the name in the row was another user's.</param>
/// <param name="ChangedAt">The latest change by someone else that is known of.</param>
internal readonly record struct RecalledRow(ResolvedRow Row, VerifiedState? State = null, bool IsMoved = false, DateTimeOffset? ChangedAt = null);

/// <summary>
/// What earlier runs verified, asked for while a plan is made: distinguishes drift from intent, and names that moved. Serves one plan; memory holds
/// a page of users, whatever their number.
/// </summary>
/// <param name="states">What was verified.</param>
/// <param name="feed">The tenant's audit log.</param>
/// <param name="digests">Of values.</param>
/// <param name="time">The clock.</param>
/// <param name="hidden">How values are shown.</param>
public sealed class DriftMemory(IVerifiedStates states, IChangeFeed feed, StateDigests digests, TimeProvider time, HiddenValues? hidden = null)
{
    private static readonly IncrementalSettings Settings = new();
    private readonly DriftMessages _words = new(hidden ?? HiddenValues.Plain);
    private readonly OutsideChanges _changes = new();

    /// <summary>Diagnostics of the memory as a whole.</summary>
    internal ImmutableArray<Diagnostic> Diagnostics { get; private set; } = [];

    /// <summary>Reads the audit log where rows say how old they are.</summary>
    internal async Task PrepareAsync(DateTimeOffset? oldestAsOf, CancellationToken cancellation)
    {
        if (oldestAsOf is { } oldest && await _changes.ReadAsync(feed, oldest, time, Settings, cancellation) is { } problem) Diagnostics = [problem];
    }

    /// <summary>The same rows in the same order, looked up a page at a time.</summary>
    internal async IAsyncEnumerable<RecalledRow> RecallAsync(string tenantId, IAsyncEnumerable<ResolvedRow> rows,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (ImmutableArray<ResolvedRow> page in RowPages.OfAsync(rows, IVerifiedStates.MaxUsers, cancellation))
        {
            foreach (RecalledRow row in await RecallAsync(tenantId, page, cancellation)) yield return row;
        }
    }

    internal async ValueTask<ImmutableArray<RecalledRow>> RecallAsync(string tenantId, ImmutableArray<ResolvedRow> page, CancellationToken cancellation)
    {
        ImmutableDictionary<string, VerifiedState> known = await states.FindAsync(tenantId, [.. page.Select(Uid)], cancellation);
        ImmutableArray<NamedUser> names = [.. page.Select(row => (Name: row.Row.NameOf(Uid(row)), Uid: Uid(row)))
            .Where(n => n.Name is not null).Select(n => new NamedUser(n.Name ?? n.Uid, n.Uid))];
        ImmutableHashSet<string> moved = names.IsEmpty ? [] : await states.MovedNamesAsync(tenantId, names, cancellation);
        return [.. page.Select(row => new RecalledRow(
            row, known.GetValueOrDefault(Uid(row)), row.Row.NameOf(Uid(row)) is { } name && moved.Contains(name), _changes.Find(Uid(row))))];
    }

    /// <summary>Adds what is held of a user in this state, or the message where the source wins.</summary>
    internal (Holds Holds, ImmutableArray<DriftedValue> Corrected) Judge(in RecalledRow row, CurrentMethods current,
        PlanningPolicy policy, Holds holds, bool mayMove)
    {
        if (row.IsMoved && !mayMove && holds.User is null) holds = holds with { User = SourceNames.Moved(row.Row.Row, Uid(row.Row)) };
        DesiredMethods desired = row.Row.Row.Desired;
        if (Comparison.IsEqual(current, desired)) return (holds, []);
        ImmutableArray<DriftedValue> drifted = DriftRule.Judge(new DriftCase(desired, current, row.State, row.Row.Row.AsOf, row.ChangedAt),
            digests, Settings.ClockSkew);
        if (drifted.IsEmpty || policy.Drift == DriftPolicy.SourceWins) return (holds, drifted);
        foreach (Part part in Enum.GetValues<Part>())
        {
            ImmutableArray<DriftedValue> of = [.. drifted.Where(d => DriftedValue.Concerns(d.Of, part))];
            if (!of.IsEmpty && !holds.Parts.ContainsKey(part)) holds = holds.WithPart(part, _words.Hold(of, desired, current));
        }

        return (holds, []);
    }

    /// <summary>Notes on drift that a plan corrects.</summary>
    internal UserPlan AddDiagnostics(UserPlan plan, ImmutableArray<DriftedValue> corrected, DesiredMethods desired, CurrentMethods current)
    {
        if (corrected.IsEmpty) return plan;
        ImmutableArray<DriftedValue> done = [.. corrected.Where(d => plan.Operations.Any(o => DriftedValue.Concerns(d.Of, o.Part)))];
        return done.IsEmpty ? plan : plan with { Diagnostics = plan.Diagnostics.Add(_words.Correct(done, desired, current)) };
    }

    private static string Uid(ResolvedRow row) => row.User?.Uid ?? throw new InvalidOperationException("Only rows with exactly one user are recalled.");
}
