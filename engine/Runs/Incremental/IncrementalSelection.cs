using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.Engine.Runs.Retry;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>Chooses who is read in an incremental run. Serves one plan; memory holds a page of users, whatever their number.</summary>
/// <param name="states">What was verified.</param>
/// <param name="feed">What the tenant's reports show.</param>
/// <param name="digests">Of rows and rules.</param>
/// <param name="settings">How carefully to look.</param>
/// <param name="time">The clock.</param>
/// <param name="retries">Who failed and when to try again; null: everybody who failed is tried in every run.</param>
public sealed class IncrementalSelection(
    IVerifiedStates states, IChangeFeed feed, StateDigests digests, IncrementalSettings settings, TimeProvider time, IRetryMemory? retries = null)
{
    private readonly DateTimeOffset _begun = time.GetUtcNow();
    private ImmutableArray<Diagnostic> _found = [];

    /// <summary>Who was due so far.</summary>
    public IncrementalAccount Account { get; private set; } = new();

    /// <summary>Diagnostics of the selection as a whole.</summary>
    public ImmutableArray<Diagnostic> Diagnostics => [Diagnostic.Info("incremental", Account.ToString()), .. _found];

    /// <summary>Takes in what the tenant's reports show. Without any memory they say nothing, so they are not asked.</summary>
    internal async Task PrepareAsync(string tenantId, CancellationToken cancellation) => _found = await states.AnyAsync(tenantId, cancellation)
        ? await new FeedReading(feed, states, settings, time, tenantId).ReadAsync(cancellation)
        : [Diagnostic.Info("incrementalFirst",
            "No run has verified a user of this tenant yet, so everyone is read. The next incremental run after an 'apply' reads only who is due.")];

    /// <summary>The rows whose users are due, in their order.</summary>
    /// <param name="draft">Tenant, policy and limits of the plan.</param>
    /// <param name="rows">Rows with exactly one user each.</param>
    /// <param name="equal">What becomes of the others.</param>
    /// <param name="waiting">What becomes of those who failed and are tried again later.</param>
    /// <param name="cancellation">Stops.</param>
    internal async IAsyncEnumerable<ResolvedRow> DueAsync(
        PlanHeader draft, IAsyncEnumerable<ResolvedRow> rows, Func<ResolvedRow, ValueTask> equal,
        Func<ResolvedRow, RetryEntry, ValueTask> waiting, [EnumeratorCancellation] CancellationToken cancellation)
    {
        StateDigest rules = digests.Rules(draft.Policy, draft.Limits);
        await foreach (ImmutableArray<ResolvedRow> page in RowPages.OfAsync(rows, IVerifiedStates.MaxUsers, cancellation))
        {
            ImmutableDictionary<string, VerifiedState> known = await states.FindAsync(draft.Tenant.Id, [.. page.Select(Uid)], cancellation);
            ImmutableDictionary<string, RetryEntry>? failed = retries is null
                ? null : await retries.FindAsync(draft.Tenant.Id, [.. page.Select(Uid)], cancellation);
            foreach (ResolvedRow row in page)
            {
                StateDigest wants = digests.Row(row.Row.Desired);
                DueReason reason = DueRule.Judge(known.GetValueOrDefault(Uid(row)), wants, rules, _begun, settings);
                RetryEntry? entry = reason == DueReason.Unsettled ? failed?.GetValueOrDefault(Uid(row)) : null;
                // Who is owed SMS sign-in is due at once: the number may be free by now, and until then the user cannot sign in.
                if (entry is { HadSmsSignIn: false }
                    && !RetryLadder.IsDue(entry, entry.Basis != RetryTracker.Basis(wants, rules), _begun)) reason = DueReason.Waiting;
                Account = Account.Plus(reason);
                if (reason == DueReason.None) await equal(row);
                else if (reason == DueReason.Waiting && entry is not null) await waiting(row, entry);
                else yield return row;
            }
        }
    }

    private static string Uid(ResolvedRow row) => row.User?.Uid ?? throw new InvalidOperationException("Only rows with exactly one user are judged.");
}
