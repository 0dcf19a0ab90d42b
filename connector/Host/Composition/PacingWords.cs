using System.Globalization;
using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Host.Composition;

/// <summary>What was learned of the quota, in words.</summary>
internal static class PacingWords
{
    /// <summary>Null when no limit was met.</summary>
    public static string? Learned(PacingAccount account)
    {
        string[] parts = [.. new[] { Of("reads", account.Reads), Of("writes", account.Writes) }.OfType<string>()];
        return parts.Length == 0 ? null : string.Join("; ", parts);
    }

    private static string? Of(string what, GateAccount gate) => gate.ThrottledCalls == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{what}: settled at {gate.Rate:0.##}/s of {gate.CeilingRate:0.##}/s configured, {gate.ThrottledCalls} calls throttled");
}
