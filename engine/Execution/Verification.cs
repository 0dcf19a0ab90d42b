using System.Collections.Immutable;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>
/// Reads a user back after the last write and compares with what is reported as done, repeating while the tenant's copies
/// lag. What never shows is done but not verified; what comes back after it was gone has another master and failed.
/// </summary>
internal sealed class Verification(UserPlanner reader, TimeProvider time, ExecutorSettings settings)
{
    /// <summary>False when asked to stop before it was known: the user is verified when the run is resumed.</summary>
    public async ValueTask<bool> VerifyAsync(UserExecutionState work, CancellationToken stop, CancellationToken cancellation)
    {
        ImmutableArray<int> awaited = Awaited(work);
        work.Verified = false;
        foreach (TimeSpan pause in settings.ReadBackPauses.Prepend(TimeSpan.Zero))
        {
            if (pause > TimeSpan.Zero && !await Pause.ForAsync(pause, time, stop, cancellation)) return false;
            if (await reader.ReadAsync(work, cancellation) is not MethodsReading.Complete complete) continue;
            CurrentMethods current = await WithDefaultAsync(work, awaited, complete.Methods, cancellation);
            work.MethodsNow = current.UsableCount;
            if (Compare(work, awaited, current))
            {
                work.Verified = true;
                // The service registers a number after it has saved it: who seems to have lost SMS sign-in is looked at again.
                if (work.Move.IsLost && pause != settings.ReadBackPauses.LastOrDefault()) continue;
                WarnOfSmsSignIn(work, current);
                await LookAgainAsync(work, stop, cancellation);
                return true;
            }

            awaited = [.. awaited.Where(i => work.Result(i) is { Outcome: OperationOutcome.Done })];
        }

        if (work.Verified) return true;
        work.Warn(Diagnostic.Warning("notVerified",
            "The service accepted everything that is reported as done, but a later read did not confirm all of it yet. "
            + "Plan again in a few minutes: it shows whether anything is missing."));
        return true;
    }

    /// <summary>
    /// Operations done whose effect the last state must show: not those whose slot a later operation wrote again, and not those that only the
    /// service's answer shows.
    /// </summary>
    private static ImmutableArray<int> Awaited(UserExecutionState work) =>
    [
        .. Enumerable.Range(0, work.Approved.Length).Where(i =>
            work.Result(i) is { Outcome: OperationOutcome.Done } && !work.IsOverwritten(i)
            && work.Approved[i] is not (Operation.ResetPassword or Operation.DeactivateToken)),
    ];

    private async ValueTask<CurrentMethods> WithDefaultAsync(UserExecutionState work, ImmutableArray<int> awaited,
        CurrentMethods current, CancellationToken cancellation) =>
        awaited.Any(i => work.Approved[i] is Operation.Prefer)
            ? current with { Default = await reader.ReadDefaultAsync(work, cancellation) }
            : current;

    private bool Compare(UserExecutionState work, ImmutableArray<int> awaited, CurrentMethods current)
    {
        bool all = true;
        foreach (int index in awaited)
        {
            if (work.Result(index) is not { } result) continue;
            if (ApprovedOperations.IsSeen(work.Approved[index], current))
            {
                if (result.VerifiedAt is null) work.Settle(index, result with { VerifiedAt = time.GetUtcNow() });
            }
            else
            {
                all = false;
            }
        }

        return all;
    }

    /// <summary>A deleted phone that has another master comes back at once, and no property of the user shows for certain who has one: one more look.</summary>
    private async ValueTask LookAgainAsync(UserExecutionState work, CancellationToken stop, CancellationToken cancellation)
    {
        bool mayComeBack = work.Approved.Where((o, i) => o is Operation.DeletePhone && work.Result(i) is { Outcome: OperationOutcome.Done }).Any();
        if (!mayComeBack || settings.ReadBackPauses.IsEmpty) return;
        if (await Pause.ForAsync(settings.ReadBackPauses[0], time, stop, cancellation)) await reader.ReadAsync(work, cancellation);
    }

    /// <summary>Law 6: our write made the number ready for SMS sign-in though no one asked for it.</summary>
    private static void WarnOfSmsSignIn(UserExecutionState work, CurrentMethods current)
    {
        bool wrote = work.Approved.Where((operation, i) => ApprovedOperations.SlotOf(operation) == ServiceRules.SmsSignInSlot
            && work.Result(i) is { Outcome: OperationOutcome.Done }).Any();
        bool wasReady = work.Planned.Current is { Mobile.IsEmpty: false, SmsSignIn: SmsSignInState.Ready };
        if (wrote && !wasReady && work.Planned.Row.Desired.SmsSignIn is null && !current.Mobile.IsEmpty && current.SmsSignIn == SmsSignInState.Ready)
        {
            work.Warn(Diagnostic.Warning("smsSignInReady",
                "Writing the mobile number made the service switch SMS sign-in on for it, because the tenant's policy allows SMS for sign-in. "
                + "If that is not wanted, manage smsSignIn in the source ('off') or switch off 'use for sign-in' in the authentication methods policy."));
        }
    }
}
