using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>One reconciliation of this process, from its start until it is forgotten. It receives
/// how its run goes on; readable at any time.</summary>
/// <param name="id">Also the id of its run.</param>
/// <param name="start">What was asked for.</param>
/// <param name="tenant">Name of the tenant as configured.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">The process is asked to stop.</param>
internal sealed class ReconJob(string id, ReconStart start, string tenant, TimeProvider time, CancellationToken stopping) : IRunProgress, IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, double> _durations = new(StringComparer.Ordinal);
    private RunStep? _step;
    private long _stepBegan;
    private ReconStatus _status = new()
    {
        Id = id, Mapping = start.Name, Source = start.Mapping.Source, Tenant = tenant, Started = time.GetUtcNow(),
        IsAnalysis = start.Analyze, SourceIds = start.SourceIds,
    };

    public string Id => id;

    public ReconStart Start => start;

    /// <summary>Cancelled when it is to end between two users.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Ends when source and tenant are open and the tenant is held, or when it turns out that they are not.</summary>
    public Task Begun => _begun.Task;

    public Task Ended => _ended.Task;

    /// <summary>Whether it is at its end without having begun.</summary>
    public Refusal? NotBegun { get; private set; }

    /// <summary>How it stands.</summary>
    public ReconStatus Status
    {
        get
        {
            lock (_gate)
            {
                if (_status.State != ReconState.Active) return _status;
                ReconStage stage = _stop.IsCancellationRequested ? ReconStage.Canceling : StageOf(_step);
                return _status with { Stage = stage, Durations = Timed() };
            }
        }
    }

    public bool IsActive => Status.State == ReconState.Active;

    /// <summary>What is kept of it beside its run: as planned, whatever became of it.</summary>
    public ReconStatus? AsPlanned { get; private set; }

    public void SetBegun() => _begun.TrySetResult();

    public void SetPlanned(Summary summary, ReconCounts counts)
    {
        lock (_gate) AsPlanned = _status = _status.Planned(summary, counts) with { Durations = Timed() };
    }

    /// <summary>The run has ended.</summary>
    public void End(RunHeader run, string? note)
    {
        lock (_gate)
        {
            if (_status.State != ReconState.Active) return;
            Close();
            AsPlanned = (AsPlanned ?? _status) with { Durations = Timed() };
            _status = AsPlanned.With(run);
            if (note is not null) _status = _status with { Message = $"{_status.Message} {note}".TrimStart() };
        }

        Finish(null);
    }

    /// <summary>How it would stand if it ended now, so that it can be kept before its end is visible.</summary>
    public ReconStatus Ending(ReconState state, string? message)
    {
        lock (_gate)
        {
            Close();
            return _status with { State = state, Stage = state.End(), Ended = time.GetUtcNow(), Message = message, Durations = Timed() };
        }
    }

    /// <summary>It came to nothing, or no one knows how far.</summary>
    public void End(ReconState state, string? message, Refusal? notBegun) => End(Ending(state, message), notBegun);

    /// <summary>It ended so.</summary>
    public void End(ReconStatus ended, Refusal? notBegun)
    {
        lock (_gate)
        {
            if (_status.State != ReconState.Active) return;
            _status = ended;
        }

        Finish(notBegun);
    }

    /// <summary>Ends it between two users; nothing happens when it is at its end.</summary>
    public async Task CancelAsync()
    {
        Task canceling;
        lock (_gate) canceling = _status.State == ReconState.Active ? _stop.CancelAsync() : Task.CompletedTask;
        await canceling;
    }

    /// <summary>Called when its work is over; its final state stays.</summary>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    public void Begin(RunStep runStep, long? total, long done = 0)
    {
        lock (_gate)
        {
            Close();
            (_step, _stepBegan) = (runStep, time.GetTimestamp());
            if (runStep == RunStep.Read) _status = _status with { SourceRows = new(done, total) };
            if (runStep == RunStep.Write) _status = _status with { Targets = new(done, total ?? _status.Targets.Total) };
        }
    }

    /// <inheritdoc/>
    public void Advance(RunStep runStep, long count)
    {
        lock (_gate)
        {
            if (runStep == RunStep.Read) _status = _status with { SourceRows = _status.SourceRows with { Processed = _status.SourceRows.Processed + count } };
            if (runStep is RunStep.Write or RunStep.SecondPass) _status = _status with
            {
                Targets = _status.Targets with
                {
                    Processed = _status.Targets.Processed
                + count
                }
            };
        }
    }

    /// <inheritdoc/>
    public void Skip(RunStep runStep, long count) => Advance(runStep, count);

    /// <inheritdoc/>
    public void Finish()
    {
        lock (_gate) Close();
    }

    private void Finish(Refusal? notBegun)
    {
        NotBegun = notBegun;
        _begun.TrySetResult();
        _ended.TrySetResult();
    }

    private void Close()
    {
        if (_step is not { } step) return;
        string metric = Metric(step);
        _durations[metric] = _durations.GetValueOrDefault(metric) + time.GetElapsedTime(_stepBegan).TotalMilliseconds;
        _stepBegan = time.GetTimestamp();
    }

    private ImmutableSortedDictionary<string, double> Timed() => _durations.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static string Metric(RunStep step) => step switch
    {
        RunStep.Source => "sourceQuery",
        RunStep.Directory => "targetQuery",
        RunStep.Read or RunStep.Guard => "sourcePhase",
        RunStep.Write or RunStep.SecondPass => "targetPhase",
    };

    private static ReconStage StageOf(RunStep? step) => step is { } known ? StageOf(known) : ReconStage.Initialized;

    private static ReconStage StageOf(RunStep step) => step switch
    {
        RunStep.Source or RunStep.Directory => ReconStage.QueryEntries,
        RunStep.Read or RunStep.Guard => ReconStage.ReconcilingSource,
        RunStep.Write => ReconStage.ReconcilingTarget,
        RunStep.SecondPass => ReconStage.ProcessingResults,
    };

    /// <summary>Why a reconciliation did not begin.</summary>
    /// <param name="Code">HTTP status for anyone who asked for it.</param>
    /// <param name="Message">What is wrong and what to do.</param>
    internal sealed record Refusal(int Code, string Message);
}
