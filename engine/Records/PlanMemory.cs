namespace ProvisioningConnector.Engine.Records;

/// <summary>What guardrails know of earlier runs.</summary>
/// <param name="LastAccepted">The last accepted state of the same source; null when there is none.</param>
/// <param name="Past">What earlier runs applied.</param>
public sealed record PlanMemory(AcceptedSource? LastAccepted, PastWrites Past)
{
    public static PlanMemory None { get; } = new(null, PastWrites.None);
}

/// <summary>What earlier runs of a tenant applied within the windows of <c>PerDay</c> and <c>PerWeek</c>.</summary>
/// <param name="Day">Within the last 24 hours.</param>
/// <param name="Week">Within the last 7 days.</param>
public sealed record PastWrites(AppliedWrites Day, AppliedWrites Week)
{
    private static readonly TimeSpan OneDay = TimeSpan.FromDays(1);
    internal static readonly TimeSpan OneWeek = TimeSpan.FromDays(7);

    public static PastWrites None { get; } = new(AppliedWrites.None, AppliedWrites.None);

    /// <summary>With what was applied in one more hour, as far as it lies within the windows.</summary>
    public PastWrites Plus(AppliedHour hour, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(hour);
        return new(
            hour.Latest > now - OneDay ? Day.Plus(hour.Writes) : Day,
            hour.Latest > now - OneWeek ? Week.Plus(hour.Writes) : Week);
    }
}

/// <summary>Numbers of writes that count against limits over time. What may have been applied counts as applied.</summary>
public sealed record AppliedWrites(long Add = 0, long Update = 0, long Delete = 0, long LastPhone = 0)
{
    public static AppliedWrites None { get; } = new();

    public AppliedWrites Plus(AppliedWrites other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(Add + other.Add, Update + other.Update, Delete + other.Delete, LastPhone + other.LastPhone);
    }
}

/// <summary>What a run applied within one hour of the clock.</summary>
/// <param name="Latest">When the last of them was sent.</param>
/// <param name="Writes">How many.</param>
public sealed record AppliedHour(DateTimeOffset Latest, AppliedWrites Writes);

/// <summary>The last state of a source that a run was begun with.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it was accepted.</param>
/// <param name="Sha256">Digest of its bytes; null where there are none.</param>
/// <param name="Census">What it held.</param>
public sealed record AcceptedSource(string RunId, DateTimeOffset At, string? Sha256, SourceCensus Census)
{
    /// <summary>What a run accepts by beginning; null when its plan was not made from a source.</summary>
    public static AcceptedSource? From(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Plan.Source.Census is { } census ? new AcceptedSource(run.RunId, run.StartedAt, run.Plan.Source.Sha256, census) : null;
    }
}
