namespace ProvisioningConnector.Engine.Pacing;

/// <summary>What to keep between runs of one tenant and app, so that the next run begins where this one arrived.</summary>
/// <param name="Reads">Of the read gate; null when nothing is known.</param>
/// <param name="Writes">Of the write gate; null when nothing is known.</param>
public sealed record LearnedRates(LearnedRate? Reads, LearnedRate? Writes);

/// <summary>What one gate found out about the real quota.</summary>
/// <param name="PerSecond">Cost per second that the service accepted in the long run; above 0.</param>
/// <param name="Burst">Cost it accepted at once.</param>
/// <param name="Limited">Whether the service set this limit; otherwise the gate only had not met any.</param>
public sealed record LearnedRate(double PerSecond, double Burst, bool Limited);
