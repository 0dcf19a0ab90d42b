using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Runs.Retry;

/// <summary>Writes down, when a run has ended, who failed and who no longer does; some hundred users at a time.</summary>
/// <param name="memory">Where it is written.</param>
/// <param name="digests">Of rows and rules.</param>
/// <param name="time">The clock.</param>
/// <param name="plan">Tenant, policy and limits of the run.</param>
public sealed class RetryTracker(IRetryMemory memory, StateDigests digests, TimeProvider time, PlanHeader plan)
{
    private const int BatchSize = IRetryMemory.MaxUsers;
    private readonly StateDigest _rules = digests.Rules(plan.Policy, plan.Limits);
    private readonly Dictionary<string, Seen> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A user of the run with their result.</summary>
    public async ValueTask ObserveAsync(RunUser user, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Planned.User?.Uid is not { } uid) return;
        bool open = !user.Planned.Plan.Operations.IsEmpty && user.Result is null;
        bool waits = user.Planned.Plan.Held.Any(h => h.Code == HoldCodes.WaitsForRetry);
        if (open || waits) return;
        _seen[uid] = new Seen(RetryVerdict.From(user), Basis(digests.Row(user.Planned.Row.Desired), _rules), user.OwesSmsSignIn);
        if (_seen.Count >= BatchSize) await FlushAsync(cancellation);
    }

    /// <summary>Writes down what is still waiting.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellation)
    {
        if (_seen.Count == 0) return;
        ImmutableDictionary<string, RetryEntry> before = await memory.FindAsync(plan.Tenant.Id, [.. _seen.Keys], cancellation);
        DateTimeOffset now = time.GetUtcNow();
        ImmutableArray<RetryEntry>.Builder failed = ImmutableArray.CreateBuilder<RetryEntry>();
        ImmutableArray<string>.Builder well = ImmutableArray.CreateBuilder<string>();
        foreach ((string uid, Seen seen) in _seen)
        {
            RetryEntry? known = before.GetValueOrDefault(uid);
            bool owes = seen.OwesSmsSignIn ?? known?.HadSmsSignIn ?? false;
            if (seen.Verdict is { } verdict) failed.Add(RetryLadder.After(known?.Basis == seen.Basis ? known : null,
                uid, verdict.Class, verdict.Code, now) with
            { Basis = seen.Basis, HadSmsSignIn = owes });
            else if (owes) failed.Add((known ?? RetryEntry.Owed(uid, now)) with { HadSmsSignIn = true });
            else if (known is not null) well.Add(uid);
        }

        _seen.Clear();
        if (failed.Count > 0) await memory.SaveAsync(plan.Tenant.Id, failed.ToImmutable(), cancellation);
        if (well.Count > 0) await memory.ForgetAsync(plan.Tenant.Id, well.ToImmutable(), cancellation);
    }

    /// <summary>What must change for a user to be due early.</summary>
    internal static string Basis(StateDigest row, StateDigest rules) => $"{row.Value:x32}{rules.Value:x32}";

    private readonly record struct Seen(RetryVerdict? Verdict, string Basis, bool? OwesSmsSignIn);
}
