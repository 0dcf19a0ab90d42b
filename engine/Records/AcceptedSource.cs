namespace ProvisioningConnector.Engine.Records;

/// <summary>The last state of a source that a run was begun with.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it was accepted.</param>
/// <param name="Sha256">Digest of its bytes; null where there are none.</param>
/// <param name="Census">What it held.</param>
public sealed record AcceptedSource(string RunId, DateTimeOffset At, string? Sha256, SourceCensus Census)
{
    /// <summary>What a run accepts by beginning; null when its plan was not made from a source.</summary>
    public static AcceptedSource? Of(RunHead run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Plan.Source.Census is { } census ? new AcceptedSource(run.RunId, run.StartedAt, run.Plan.Source.Sha256, census) : null;
    }
}
