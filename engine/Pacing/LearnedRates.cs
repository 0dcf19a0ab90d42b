namespace ProvisioningConnector.Engine.Pacing;

/// <summary>What to keep between runs of one tenant and app, so that the next run begins where this one arrived.</summary>
/// <param name="Reads">Of the read gate; null when nothing is known.</param>
/// <param name="Writes">Of the write gate; null when nothing is known.</param>
public sealed record LearnedRates(LearnedRate? Reads, LearnedRate? Writes);
