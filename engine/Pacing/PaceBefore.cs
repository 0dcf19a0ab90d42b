namespace ProvisioningConnector.Engine.Pacing;

/// <summary>How the gate stood before a refusal that may have come by chance.</summary>
/// <param name="Rate">Cost per second.</param>
/// <param name="Curve">Null where no limit was known.</param>
/// <param name="Capacity">Of the bucket.</param>
/// <param name="Tokens">In the bucket.</param>
/// <param name="Sent">Cost sent until then, over the gate's whole life.</param>
/// <param name="At">The gate's clock.</param>
internal readonly record struct PaceBefore(double Rate, ProbeCurve? Curve, double Capacity, double Tokens, double Sent, double At);
