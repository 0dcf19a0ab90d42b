using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Journal;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Quotas;

namespace ProvisioningConnector.Sandbox.Serving;

/// <summary>
/// One logical request, alone or out of a batch: quota, fault plan, permission, handler, journal. Whatever touches the tenant happens under
/// its lock; waiting does not.
/// </summary>
internal sealed class CallRunner(Site site, SandboxOptions options, CancellationToken stopping)
{
    private readonly Throttle _throttle = new(site.Now);
    private readonly Dictionary<SandboxUser, int> _writing = [];

    public RequestJournal Journal { get; } = new(options.JournalCapacity, options.JournalBodies);
    public FaultRun Faults { get; set; } = new(options.Faults, site.Now);

    /// <summary>Null: no answer. <paramref name="work"/> stands for the handler where the work takes time itself (a batch).</summary>
    public Task<Answer?> RunAsync(Call call, Func<Call, Site, Route> match, CancellationToken aborted, Func<Task<Answer?>>? work = null)
    {
        FaultEffect? fault;
        double? used;
        lock (site.Tenant.Sync)
        {
            call.Route = match(call, site);
            if (_throttle.Refusal(call, site, out used) is { } throttled) return DoneAsync(call, throttled);
            fault = Faults.Next(call, site.Now);
            if (fault is null && work is null) return DoneAsync(call, Near(call, used, Handle(call)));
            Begin(call);
        }
        return SlowlyAsync(call, match, fault, used, work, aborted);
    }

    private async Task<Answer?> SlowlyAsync(
        Call call, Func<Call, Site, Route> match, FaultEffect? fault, double? used, Func<Task<Answer?>>? work, CancellationToken aborted)
    {
        try
        {
            if (fault?.DelayBefore is { } before) await Task.Delay(TimeSpan.FromMilliseconds(before), site.Time, stopping);
            if (fault?.Drop == FaultMoment.Before) return await DoneAsync(call, null);
            if (fault?.Hang == FaultMoment.Before) return await HangAsync(call, aborted);
            if (fault is not null) Meddle(call, fault, FaultMoment.Before);
            Answer? answer = fault?.Answer is { } instead ? FaultAnswers.Make(call, site, instead)
                : work is not null ? await work()
                : Commit(call, match, fault);
            if (fault is not null) Meddle(call, fault, FaultMoment.After);
            if (fault?.CommitAnd is { } lie) answer = FaultAnswers.Make(call, site, lie);
            if (fault?.DelayAfter is { } after) await Task.Delay(TimeSpan.FromMilliseconds(after), site.Time, stopping);
            if (fault?.Drop == FaultMoment.After) return await DoneAsync(call, null);
            if (fault?.Hang == FaultMoment.After) return await HangAsync(call, aborted);
            return await DoneAsync(call, answer is null ? null : Near(call, used, answer));
        }
        finally
        {
            lock (site.Tenant.Sync) End(call);
        }
    }

    private Answer Handle(Call call) => Permits.Refusal(call, site) ?? call.Route.Handle(call, site);

    private Answer Commit(Call call, Func<Call, Site, Route> match, FaultEffect? fault)
    {
        lock (site.Tenant.Sync)
        {
            // The tenant may have changed while the request waited: the user may be gone by now.
            call.Route = match(call, site);
            using (site.Under(fault?.Lag, fault?.Mask)) return Handle(call);
        }
    }

    private void Meddle(Call call, FaultEffect fault, FaultMoment moment)
    {
        lock (site.Tenant.Sync)
            foreach (FaultChange change in fault.Change)
                if (change.When == moment && change.Read() is { } what
                    && (change.User is null ? call.Subject : site.Directory.Find(change.User)) is { } user)
                    site.Tenant.Apply(user, what);
    }

    private async Task<Answer?> HangAsync(Call call, CancellationToken aborted)
    {
        Journal.Record(call, 0, site.Now);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping);
        await Task.Delay(Timeout.Infinite, end.Token)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return null;
    }

    private Task<Answer?> DoneAsync(Call call, Answer? answer)
    {
        Journal.Record(call, answer?.Status ?? 0, site.Now);
        return Task.FromResult(answer);
    }

    // The unit header is known of directory objects only (docs/graph.md#throttling).
    private static Answer Near(Call call, double? used, Answer answer)
    {
        if (call.Route.Kind.StartsWith("user", StringComparison.Ordinal)) answer.With("x-ms-resource-unit", Cost.ResourceUnits(call) > 1 ? "2" : "1");
        return used is null ? answer : answer.With("x-ms-throttle-limit-percentage", Throttle.Percentage(used.Value));
    }

    // Two writes of one user at a time are a mistake of the client's: counted, never hindered.
    private void Begin(Call call)
    {
        if (call.Route.Class != RouteClass.Write || call.Subject is null) return;
        if (_writing.TryGetValue(call.Subject, out int running) && running > 0) Journal.Overlapped();
        _writing[call.Subject] = running + 1;
        call.Writing = call.Subject;
    }

    private void End(Call call)
    {
        if (call.Writing is { } user && --_writing[user] == 0) _writing.Remove(user);
    }
}
