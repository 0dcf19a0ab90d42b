using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Locking;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// Reserves, writes down and executes the plan of a user whom we locked. From the reservation on neither the caller's going away nor the signal to
/// stop matters: the user is finished, unless the time for that is over or the lock is lost.
/// </summary>
internal sealed class ChangeExecution(ChangePorts ports, ChangeSettings settings, Survey survey, RecentWrites recent, EndSignals signals)
{
    /// <summary>Null when the user moved before anything was sent, so that it is worth looking again.</summary>
    public async ValueTask<ChangeResult?> GoAsync(ChangeRequest request, View view, string runId, HeldUser held, CancellationToken cancellation)
    {
        PlannedUser plan = view.Plan ?? throw new InvalidOperationException("Nothing to execute.");
        CurrentMethods now = view.Now ?? throw new InvalidOperationException("A plan without a state.");
        long population = await survey.PopulationAsync(cancellation);
        cancellation.ThrowIfCancellationRequested();
        request.Begun();
        WindowClaim claim = survey.Claim(request.Actor, plan.Plan, population);
        WindowGrant? grant = null;
        if (claim.Writes != AppliedWrites.None)
        {
            WindowAnswer answer = await ports.Windows.ReserveAsync(claim, CancellationToken.None);
            if (answer is WindowAnswer.Refused refused) return new ChangeResult.OverLimit(plan, refused.Refusal, now);
            grant = (answer as WindowAnswer.Granted)?.Grant;
        }

        bool begun = false;
        try
        {
            RunHead run = SingleRun.Begin(runId, SingleRun.Plan(settings, request, plan, population, ports.Time.GetUtcNow()), ports.Time.GetUtcNow());
            await ports.Store.BeginAsync(run, SingleRun.Users(plan), CancellationToken.None);
            await ports.Witness.BeginsAsync(run, CancellationToken.None);
            if (ports.States is { } states) await states.UnsettleAsync(settings.Tenant.Id, [Uid(plan)], CancellationToken.None);
            begun = true;
            return await ExecuteAsync(request, run, plan, grant, held);
        }
        finally
        {
            if (!begun && grant is not null) await ports.Windows.ReleaseAsync(grant, claim.Writes, CancellationToken.None);
        }
    }

    private async ValueTask<ChangeResult?> ExecuteAsync(ChangeRequest request, RunHead run, PlannedUser plan, WindowGrant? grant, HeldUser held)
    {
        string uid = Uid(plan);
        IRunJournal journal = ports.Witness.Journal(run, new RunUser(plan, null), ports.Store);
        EnvelopeWriter writer = new(ports.Writer, ports.Secrets, request.Envelope);
        Executor executor = new(ports.Reads, writer, journal, ports.Time, settings.Execution);
        UserWork work = new(new RunAuthority(run.RunId, held).For(uid), plan, run.Plan.Policy) { GoOn = "Make the change again: a repeat sends only what is left." };
        bool halted;
        using (CancellationTokenSource halt = CancellationTokenSource.CreateLinkedTokenSource(signals.Cut, held.Lost))
        {
            await executor.ExecuteAsync(work, lastPass: true, new EndSignals(halt.Token, halt.Token), CancellationToken.None);
            halted = halt.IsCancellationRequested;
        }

        UserResult result = work.ToResult();
        ImmutableArray<int> open = [.. Enumerable.Range(0, work.Approved.Length).Where(work.HasOpenIntent)];
        bool cut = !work.IsSettled && open.IsEmpty;
        // Its wait for the truth was cut short: whoever changes the user next must not be overtaken by it.
        held.MayLand = halted && !open.IsEmpty;
        // Nothing is on its way, so what became of the user is known. What is open is settled from a reading when it cannot land any more.
        if (cut) await journal.UserAsync(run.RunId, uid, result, CancellationToken.None);
        RunUser user = new(plan, result) { OpenIntents = open };
        RunHead ended = SingleRun.End(run, user, result, ports.Time.GetUtcNow());
        await ports.Store.UpdateAsync(ended, CancellationToken.None);
        await ports.Witness.EndsAsync(ended, CancellationToken.None);
        if (grant is not null) await ReleaseAsync(grant, ended.Applied);
        recent.Note(uid, result);
        if (result.Stale) return null;
        CurrentMethods? now = await survey.ReadAsync(uid, request.HardwareOath, CancellationToken.None) is MethodsReading.Complete complete
            ? complete.Methods : null;
        if (now is not null && request.DefaultMethod) now = now with { Default = await ports.Reads.ReadDefaultAsync(uid, CancellationToken.None) };
        ChangeRecord record = new(ended, plan, result, now);
        if (!open.IsEmpty) return new ChangeResult.Unknown(record);
        if (cut) return new ChangeResult.Cut(record);
        return result.Outcome switch
        {
            UserOutcome.Done => plan.Plan.Held.IsEmpty ? new ChangeResult.Done(record) : new ChangeResult.PartlyDone(record),
            UserOutcome.Unknown => new ChangeResult.Unknown(record),
            UserOutcome.Failed or UserOutcome.Skipped or UserOutcome.Stale => new ChangeResult.PartlyDone(record),
        };
    }

    private async ValueTask ReleaseAsync(WindowGrant grant, ImmutableArray<AppliedHour> hours)
    {
        AppliedWrites applied = hours.Aggregate(AppliedWrites.None, static (sum, hour) => sum.Plus(hour.Writes));
        AppliedWrites asked = grant.Claim.Writes;
        AppliedWrites unused = new(
            Math.Max(0, asked.Add - applied.Add), Math.Max(0, asked.Update - applied.Update),
            Math.Max(0, asked.Delete - applied.Delete), Math.Max(0, asked.LastPhone - applied.LastPhone));
        if (unused != AppliedWrites.None) await ports.Windows.ReleaseAsync(grant, unused, CancellationToken.None);
    }

    private static string Uid(PlannedUser plan) => plan.User?.Uid ?? throw new InvalidOperationException("Only users that were found are written to.");
}
