using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Tells progress on standard error: a line when a step begins and every few seconds while it goes on, or NDJSON events.</summary>
internal sealed class ProgressLines(TextWriter error, ProgressForm form, TimeProvider time) : IRunProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();
    private RunStep? _step;
    private long? _total;
    private long _done;
    private long _doneAtWindow;
    private long _windowStart;
    private double _rate;

    public void Begin(RunStep runStep, long? total)
    {
        lock (_gate)
        {
            (_step, _total, _done, _doneAtWindow, _rate) = (runStep, total, 0, 0, 0);
            _windowStart = time.GetTimestamp();
            if (form == ProgressForm.Json) Tell();
        }
    }

    public void Advance(RunStep runStep, long count)
    {
        lock (_gate)
        {
            if (runStep != _step) return;
            _done += count;
            TimeSpan passed = time.GetElapsedTime(_windowStart);
            if (passed < Interval) return;
            _rate = (_done - _doneAtWindow) / passed.TotalSeconds;
            _doneAtWindow = _done;
            _windowStart = time.GetTimestamp();
            Tell();
        }
    }

    private void Tell()
    {
        double? left = _total is { } total && _rate > 0 ? (total - _done) / _rate : null;
        if (form == ProgressForm.Json)
        {
            error.WriteLine(JsonSerializer.Serialize(new
            {
                kind = "progress", at = time.GetUtcNow(), step = Word(_step ?? RunStep.Source), done = _done, total = _total,
                rate = Math.Round(_rate, 1), secondsLeft = left is { } seconds ? Math.Round(seconds) : (double?)null,
            }));
            return;
        }

        string of = _total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0}") : string.Empty;
        string rest = left is { } s ? string.Create(CultureInfo.InvariantCulture, $", about {TimeSpan.FromSeconds(Math.Ceiling(s))} left") : string.Empty;
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Word(_step ?? RunStep.Source)}: {_done:N0}{of}, {_rate:N0}/s{rest}"));
    }

    private static string Word(RunStep step) => step switch
    {
        RunStep.Source => "reading the source",
        RunStep.Directory => "resolving users",
        RunStep.Read => "reading methods",
        RunStep.Guard => "asking guardrails",
        RunStep.Write => "writing",
        RunStep.SecondPass => "second pass",
    };
}
