using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Moves;

/// <summary>
/// Users whom a run may have left without the SMS sign-in that they had, so that a later run gives it back (docs/design.md#numbers-that-move-between-users).
/// They are few: it is written before SMS sign-in is switched off for a moment, and when a run or a change of one user ended that way.
/// </summary>
/// <param name="retries">Where it is written.</param>
/// <param name="tenantId">Whose users.</param>
/// <param name="time">The clock.</param>
/// <param name="isReadOnly">Nothing is written: the plan is only shown.</param>
public sealed class SignInMemory(IRetryMemory retries, string tenantId, TimeProvider time, bool isReadOnly = false)
{
    /// <summary>What SMS sign-in of some users needs, in their order.</summary>
    /// <param name="users">Who they are.</param>
    /// <param name="readings">What was read of them: who is seen to have it back, or to have no mobile any more, is forgotten.</param>
    /// <param name="cancellation">Stops.</param>
    internal async ValueTask<ImmutableArray<SignInNeed>> NeedsAsync(
        ImmutableArray<UserRead> users, ImmutableArray<MethodsReading> readings, CancellationToken cancellation)
    {
        ImmutableDictionary<string, RetryEntry> known = await retries.FindAsync(tenantId, [.. users.Select(u => u.Uid)], cancellation);
        ImmutableArray<SignInNeed>.Builder needs = ImmutableArray.CreateBuilder<SignInNeed>(users.Length);
        for (int i = 0; i < users.Length; i++)
        {
            RetryEntry? entry = known.GetValueOrDefault(users[i].Uid) is { HadSmsSignIn: true } owed ? owed : null;
            bool isOver = readings[i] is MethodsReading.Complete { Methods: { Mobile.IsEmpty: true } or { SmsSignIn: SmsSignInState.Ready } };
            if (entry is not null && isOver && !isReadOnly) await SettleAsync(entry, cancellation);
            needs.Add(entry is not null && !isOver ? SignInNeed.Keep : SignInNeed.None);
        }

        return needs.MoveToImmutable();
    }

    /// <summary>A run is about to begin that switches SMS sign-in off for a moment.</summary>
    internal async ValueTask BeginAsync(IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        List<string> uids = new(IRetryMemory.MaxUsers);
        await foreach (PlannedUser user in users.WithCancellation(cancellation))
        {
            if (user is not { User: { } account, Plan.Move.SignIn: SignInNeed.FreeFirst }) continue;
            uids.Add(account.Uid);
            if (uids.Count < IRetryMemory.MaxUsers) continue;
            await OweAsync([.. uids], cancellation);
            uids.Clear();
        }

        if (uids.Count > 0) await OweAsync([.. uids], cancellation);
    }

    /// <summary>A change of one user ended. Of the users of a run <see cref="Retry.RetryTracker"/> writes it down, with everything else.</summary>
    internal async ValueTask ConcludeAsync(RunUser user, CancellationToken cancellation)
    {
        if (user.Planned.User?.Uid is not { } uid || user.OwesSmsSignIn is not { } owes) return;
        if (owes) await OweAsync([uid], cancellation);
        else if ((await retries.FindAsync(tenantId, [uid], cancellation)).GetValueOrDefault(uid) is { HadSmsSignIn: true } entry)
        {
            await SettleAsync(entry, cancellation);
        }
    }

    private ValueTask SettleAsync(RetryEntry entry, CancellationToken cancellation) => entry.Code == ExecutionCodes.SmsSignInLost
        ? retries.ForgetAsync(tenantId, [entry.Uid], cancellation)
        : retries.SaveAsync(tenantId, [entry with { HadSmsSignIn = false }], cancellation);

    private async ValueTask OweAsync(ImmutableArray<string> uids, CancellationToken cancellation)
    {
        ImmutableDictionary<string, RetryEntry> known = await retries.FindAsync(tenantId, uids, cancellation);
        DateTimeOffset now = time.GetUtcNow();
        await retries.SaveAsync(tenantId,
            [.. uids.Select(uid => (known.GetValueOrDefault(uid) ?? RetryEntry.Owed(uid, now)) with { HadSmsSignIn = true })], cancellation);
    }
}
