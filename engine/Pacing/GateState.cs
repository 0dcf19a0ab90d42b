namespace ProvisioningConnector.Engine.Pacing;

/// <summary>Where a gate stands with the quota.</summary>
public enum GateState
{
    /// <summary>Nothing stopped it yet; it goes up towards the ceiling.</summary>
    Climbing,

    /// <summary>At the configured ceiling: the configuration is the limit.</summary>
    AtCeiling,

    /// <summary>At a limit below the ceiling that the service taught; it is probed gently for more.</summary>
    AtLearnedLimit,

    /// <summary>At a limit far below the ceiling and under two a second, as of the service's report endpoints ("5 per 10 s", graph-facts 7).</summary>
    ReportLike,

    /// <summary>The service asked for quiet; nothing is sent until the time that the account tells.</summary>
    Held,
}
