namespace ProvisioningConnector.Engine.Pacing;

/// <summary>Both gates of one tenant and app at one moment.</summary>
public sealed record PacingAccount(GateAccount Reads, GateAccount Writes);

/// <summary>What one gate did and where it stands, at one moment.</summary>
/// <param name="Kind">Whose gate.</param>
/// <param name="Calls">Calls let through.</param>
/// <param name="Cost">Their cost together.</param>
/// <param name="ThrottledCalls">Calls that were answered with 429, wholly or for some items.</param>
/// <param name="ThrottledItems">Items that were answered with 429; a single call is one item.</param>
/// <param name="Congestions">How often the gate drew back: many 429s of one moment are one.</param>
/// <param name="Lost">Calls that ended without an answer.</param>
/// <param name="Rate">Cost per second now.</param>
/// <param name="CeilingRate">Cost per second at most, after budget.</param>
/// <param name="State">Where the gate stands.</param>
/// <param name="FromEarlierRun">Whether the gate began at a rate that an earlier run had learned.</param>
/// <param name="HeldUntil">The end of the present hold; null when there is none.</param>
/// <param name="InFlight">Calls under way.</param>
/// <param name="Waiting">Calls that wait to be let through.</param>
/// <param name="Waited">Time that calls spent waiting, summed over calls.</param>
/// <param name="Held">Time the gate was held, summed over holds.</param>
/// <param name="LastScope">The newest <c>x-ms-throttle-scope</c>; null when none came.</param>
/// <param name="LastInformation">The newest <c>x-ms-throttle-information</c>; null when none came.</param>
public sealed record GateAccount(
    CallKind Kind,
    long Calls,
    long Cost,
    long ThrottledCalls,
    long ThrottledItems,
    int Congestions,
    long Lost,
    double Rate,
    double CeilingRate,
    GateState State,
    bool FromEarlierRun,
    DateTimeOffset? HeldUntil,
    int InFlight,
    int Waiting,
    TimeSpan Waited,
    TimeSpan Held,
    string? LastScope,
    string? LastInformation);

/// <summary>Where a gate stands with the quota.</summary>
public enum GateState
{
    /// <summary>Nothing stopped it yet; it goes up towards the ceiling.</summary>
    Climbing,

    /// <summary>At the configured ceiling: the configuration is the limit.</summary>
    AtCeiling,

    /// <summary>At a limit below the ceiling that the service taught; it is probed gently for more.</summary>
    AtLearnedLimit,

    /// <summary>At a limit far below the ceiling and under two a second, as of the service's report endpoints ("5 per 10 s",
    /// docs/graph.md#throttling).</summary>
    ReportLike,

    /// <summary>The service asked for quiet; nothing is sent until the time in the account.</summary>
    Held,
}
