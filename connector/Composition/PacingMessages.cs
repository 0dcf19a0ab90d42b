using System.Globalization;
using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Composition;

/// <summary>What was learned of the quota, in words.</summary>
internal static class PacingMessages
{
    /// <summary>Null when no limit was met.</summary>
    public static string? Learned(PacingAccount account)
    {
        string[] parts = [.. new[] { Describe("reads", account.Reads), Describe("writes", account.Writes) }.OfType<string>()];
        return parts.Length == 0 ? null : string.Join("; ", parts);
    }

    private static string? Describe(string what, GateAccount gate) => gate.ThrottledCalls == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{what}: {Where(gate)}, {gate.ThrottledCalls} calls throttled{Scope(gate)}");

    private static string Where(GateAccount gate) => gate.State switch
    {
        GateState.ReportLike => string.Create(CultureInfo.InvariantCulture,
            $"settled at {gate.Rate:0.##}/s, a limit as small as the service's limit for reports (5 in 10 s), far below {gate.CeilingRate:0.##}/s configured"),
        GateState.AtLearnedLimit or GateState.Held =>
            string.Create(CultureInfo.InvariantCulture, $"settled at {gate.Rate:0.##}/s of {gate.CeilingRate:0.##}/s configured"),
        GateState.Climbing or GateState.AtCeiling =>
            string.Create(CultureInfo.InvariantCulture, $"ran at {gate.Rate:0.##}/s of {gate.CeilingRate:0.##}/s configured"),
    };

    private static string Scope(GateAccount gate) => gate.LastScope is { } scope ? $" ({scope})" : string.Empty;
}
