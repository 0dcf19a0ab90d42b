using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Host.Cli;

/// <summary>
/// Reports progress on standard error, every few seconds whether anything moves or not, and when a step ends: lines, or NDJSON events
/// that also show when a step begins.
/// </summary>
/// <param name="error">Where to.</param>
/// <param name="form">Lines or events.</param>
/// <param name="time">The clock.</param>
/// <param name="pacing">What the gates did; null where no tenant is asked.</param>
/// <param name="bar">Draws one line again and again for a person; null: there is no terminal.</param>
internal sealed class ProgressLines(TextWriter error, ProgressForm form, TimeProvider time, Func<PacingAccount>? pacing, ProgressBarLine? bar = null)
    : IRunProgress, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Redrawn = TimeSpan.FromSeconds(0.5);
    private readonly Lock _gate = new();
    private RunStep? _step;
    private RecentPace _pace = new();
    private long? _total;
    private long _before;
    private long _began;
    private (long Held, long Failed) _marked;
    private (long Throttled, long Calls) _callsBefore;
    private ITimer? _timer;

    public void Begin(RunStep runStep, long? total, long done = 0)
    {
        lock (_gate)
        {
            Close();
            _marked = default;
            (_step, _pace, _total, _before, _began, _callsBefore) = (runStep, new RecentPace(), total, done, time.GetTimestamp(), Calls(pacing?.Invoke()));
            _timer ??= time.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            TimeSpan interval = bar is null ? Interval : Redrawn;
            _timer.Change(interval, interval);
            if (form == ProgressForm.Json) Report("begin");
        }
    }

    public void Advance(RunStep runStep, long count)
    {
        lock (_gate)
        {
            if (runStep == _step) _pace.Add(Seconds, count);
        }
    }

    public void Skip(RunStep runStep, long count)
    {
        lock (_gate)
        {
            if (runStep == _step) _before += count;
        }
    }

    public void Mark(RunStep runStep, StepMark mark)
    {
        lock (_gate)
        {
            if (runStep == _step) _marked = mark == StepMark.Held ? (_marked.Held + 1, _marked.Failed) : (_marked.Held, _marked.Failed + 1);
        }
    }

    public void Finish()
    {
        lock (_gate) Close();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _step = null;
            bar?.Clear();
            _timer?.Dispose();
            _timer = null;
        }
    }

    private double Seconds => time.GetElapsedTime(_began).TotalSeconds;

    private void Tick()
    {
        lock (_gate)
        {
            if (_step is not null) Report("step");
        }
    }

    private void Close()
    {
        if (_step is null) return;
        Report("end");
        _step = null;
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void Report(string what)
    {
        if (_step is not { } step) return;
        PacingAccount? account = pacing?.Invoke();
        (long throttled, long calls) = Calls(account);
        double seconds = Seconds;
        double? rate = what == "end" ? (seconds > 0 ? _pace.Done / seconds : null) : _pace.Rate(seconds);
        ProgressSnapshot view = new(
            what, time.GetUtcNow(), step, _before + _pace.Done, _total, seconds, rate, throttled - _callsBefore.Throttled, calls - _callsBefore.Calls,
            _marked.Held, _marked.Failed, what == "end" ? null : Later(account?.Reads.HeldUntil, account?.Writes.HeldUntil));
        if (bar is not null) bar.Draw(view);
        else error.WriteLine(form == ProgressForm.Json ? view.ToJson() : view.ToString());
    }

    private static (long Throttled, long Calls) Calls(PacingAccount? account) => account is null
        ? default
        : (account.Reads.ThrottledCalls + account.Writes.ThrottledCalls, account.Reads.Calls + account.Writes.Calls);

    private static DateTimeOffset? Later(DateTimeOffset? left, DateTimeOffset? right) => left is null || right > left ? right : left;
}
