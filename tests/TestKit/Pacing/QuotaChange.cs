namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>From <paramref name="AtSecond"/> on the quota's rate is <paramref name="Factor"/> times the original.</summary>
public sealed record QuotaChange(double AtSecond, double Factor);
