namespace ProvisioningConnector.Engine.Pacing;

/// <summary>The most that one gate may use.</summary>
/// <param name="Rate">Cost per second.</param>
/// <param name="Burst">Cost that may be spent at once after a rest.</param>
/// <param name="Start">Share of both to begin with.</param>
/// <param name="InFlight">Calls under way together.</param>
internal readonly record struct Ceiling(double Rate, double Burst, double Start, int InFlight);
