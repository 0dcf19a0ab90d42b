using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Locking;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit.Leases;
using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.Engine.Tests.Simulation;

/// <summary>What must hold after every saga, whatever went wrong in it. Gives the first law that is broken, in words.</summary>
internal sealed class SagaLaws(Saga saga, RunHeader run, List<RunUser> users, Planned second)
{
    // No store can hold back a request whose process stood still between check and send for longer than all wait for it.
    private readonly HashSet<string> _late =
        [.. saga.Late.Where(w => w.Write.SentAt > w.Write.CheckedAt + Arena.Terms.RequestTimeout).Select(w => w.Write.Uid)];

    public string? Broken() =>
        Ended() ?? Stale() ?? LateOnes() ?? users.Where(u => !u.Planned.Plan.Operations.IsEmpty).Select(OfUser).FirstOrDefault(broken => broken is not null)
        ?? EveryWriteIsKnown();

    private string? Ended() =>
        run.IsUnfinished ? $"the run never ends: {run.Outcome}, {string.Join("; ", saga.Processes.Select(p => p.Failure?.Message))}"
        : run.Outcomes.Total != run.Plan.Summary.Changed ? $"{run.Outcomes.Total} outcomes for {run.Plan.Summary.Changed} users"
        : null;

    /// <summary>From the moment a lease is taken no earlier holder writes an intent.</summary>
    private string? Stale() => saga.Fence.Stale is [var (uid, epoch), ..] ? $"holder {epoch} wrote an intent for {uid} after it had lost the tenant" : null;

    /// <summary>
    /// Two holders' writes overlap at most by what was past the check. A process that took the tenant from a holder that was declared dead may write to
    /// others at once, but never to a user for whom a request of the earlier holder may still leave.
    /// </summary>
    private string? LateOnes()
    {
        foreach ((CheckedWrite write, Contender newer) in saga.Late)
        {
            IEnumerable<CheckedWrite> theirs = saga.DeclaredDead.Contains(write.By) ? newer.Writes.Where(w => w.Uid == write.Uid) : newer.Writes;
            bool begun = theirs.FirstOrDefault() is { } first && write.CheckedAt + Arena.Terms.RequestTimeout > first.SentAt;
            if (begun) return $"{write.By} sent at {write.SentAt} though {newer.Process.Name} had begun";
        }

        return null;
    }

    private string? OfUser(RunUser user)
    {
        ModelUser model = saga.Tenant[user.Planned.User?.Uid ?? ""];
        string uid = model.Account.Uid;
        if (user.Result is not { } result) return $"{uid} has no result; outcomes {run.Outcomes}, {run.Outcome}";
        SentWrite[] applied = [.. saga.Tenant.Writes.Where(w => w.Uid == uid && w.AppliedAt is not null)];
        if (applied.FirstOrDefault(w => !user.Planned.Plan.Operations.Contains(w.Operation)) is { } stranger) return $"{uid}: {stranger} was never planned";
        if (saga.Touched.Contains(uid) || _late.Contains(uid)) return null;
        if (applied.GroupBy(w => w.Operation)
            .FirstOrDefault(g => g.Count() > 1) is { } twice) return $"{uid}: {twice.First()} was applied {twice.Count()} times, sent at "
                + $"{string.Join(", ", saga.Log.Where(w => w.Uid == uid).Select(w => $"{w.SentAt.TotalSeconds:0.00} by {w.By}"))}";
        return Services(uid, model, user.Planned.Plan)
            ?? result.Operations.Select(one => Report(uid, one, applied)).FirstOrDefault(broken => broken is not null)
            ?? Goal(uid, result, user);
    }

    /// <summary>No user is ever locked out on the way.</summary>
    private string? Services(string uid, ModelUser model, UserPlan plan)
    {
        int start = model.History.First().UsableCount;
        int services = Math.Min(start, plan.MethodsAfter);
        if (saga.People.Policy.SameNumberInTwoSlots == SameNumberPolicy.Avoid) services = Math.Min(1, services);
        return model.History.Min(now => now.UsableCount) is var least && least < services
            ? $"{uid} had only {least} methods, {start} before and {plan.MethodsAfter} planned" : null;
    }

    private static string? Report(string uid, OperationResult reported, SentWrite[] applied)
    {
        bool there = applied.Any(w => w.Operation == reported.Operation);
        return reported.Outcome switch
        {
            // These two the service does by itself now and then; after a crash it is unknown which.
            OperationOutcome.Done => there || reported.Operation is Operation.Prefer or Operation.SwitchSmsSignIn
                ? null : $"{uid}: {reported.Operation} is reported to be done, and was never applied",
            OperationOutcome.Failed or OperationOutcome.Skipped => there
                ? $"{uid}: {reported.Operation} is reported to be {reported.Outcome} ({reported.Error?.Code}), and was applied" : null,
            OperationOutcome.Unknown => reported.Error is null ? $"{uid}: {reported.Operation} is unknown without a word" : null,
        };
    }

    /// <summary>Where the report says done, the tenant is as desired: a second plan has nothing to do.</summary>
    private string? Goal(string uid, UserResult result, RunUser user) =>
        result.Outcome == UserOutcome.Done && Wanted(user).FirstOrDefault() is { } more
        ? $"{uid} is reported to be done, and a second plan still wants {more}" : null;

    /// <summary>What was held at first, because of the default method for example, may be possible by now.</summary>
    private IEnumerable<Operation> Wanted(RunUser user) =>
        second[(int)user.Planned.Row.Ordinal].Plan.Operations.Where(o => user.Planned.Plan.Held.All(h => h.Part != o.Part));

    private string? EveryWriteIsKnown()
    {
        HashSet<(string, Operation)> intents = [.. saga.Store.Intents.Select(i => (i.Uid, i.Operation))];
        return saga.Tenant.Writes.FirstOrDefault(w => !intents.Contains((w.Uid, w.Operation))) is { } write
            ? $"{write.Uid}: {write} has no intent in the store" : null;
    }
}
