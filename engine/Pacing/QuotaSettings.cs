using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Pacing;

/// <summary>The configured ceilings of one tenant and app (docs/configuration.md#quota, <c>Quota</c>). The gate never goes above them, whatever it
/// learns.</summary>
/// <param name="ReadsPerSecond">Users read per second in the long run; above 0.</param>
/// <param name="ReadBurst">Users read that may be spent at once after a rest; at least 1.</param>
/// <param name="WritesPerSecond">Writes per second that the tenant grants; above 0.</param>
/// <param name="WriteBurst">Writes that may be spent at once after a rest; at least 1.</param>
/// <param name="Start">Share of all four with which a run begins when nothing was learned before; above 0, at most 1.</param>
/// <param name="WriteBudget">Share of <paramref name="WritesPerSecond"/> and <paramref name="WriteBurst"/>
/// that may be used; the rest is left to users' own registrations. Above 0, at most 1.</param>
/// <param name="MaxInFlight">Calls of one kind that may be under way together; at least 1.</param>
public sealed record QuotaSettings(
    double ReadsPerSecond = 350,
    double ReadBurst = 3500,
    double WritesPerSecond = 20,
    double WriteBurst = 3000,
    double Start = 0.5,
    double WriteBudget = 0.85,
    int MaxInFlight = 64)
{
    /// <summary>What is wrong with these numbers; empty when they can be used.</summary>
    public IEnumerable<SettingProblem> Problems()
    {
        if (!(ReadsPerSecond > 0) || double.IsInfinity(ReadsPerSecond))
            yield return new(nameof(ReadsPerSecond), $"ReadsPerSecond is {ReadsPerSecond}; it must be above 0.");
        if (!(WritesPerSecond > 0) || double.IsInfinity(WritesPerSecond))
            yield return new(nameof(WritesPerSecond), $"WritesPerSecond is {WritesPerSecond}; it must be above 0.");
        if (!(ReadBurst >= 1) || double.IsInfinity(ReadBurst)) yield return new(nameof(ReadBurst), $"ReadBurst is {ReadBurst}; it must be at least 1.");
        if (!(WriteBurst >= 1) || double.IsInfinity(WriteBurst)) yield return new(nameof(WriteBurst), $"WriteBurst is {WriteBurst}; it must be at least 1.");
        if (!(Start > 0 && Start <= 1)) yield return new(nameof(Start), $"Start is {Start}; it must be above 0 and at most 1.");
        if (!(WriteBudget > 0 && WriteBudget <= 1)) yield return new(nameof(WriteBudget), $"WriteBudget is {WriteBudget}; it must be above 0 and at most 1.");
        if (MaxInFlight < 1) yield return new(nameof(MaxInFlight), $"MaxInFlight is {MaxInFlight}; it must be at least 1.");
    }

    /// <summary>What one gate may use at most: the budget is already taken off.</summary>
    internal Ceiling For(CallKind kind) => kind switch
    {
        CallKind.Read => new Ceiling(ReadsPerSecond, Math.Max(1, ReadBurst), Start, MaxInFlight),
        CallKind.Write => new Ceiling(WritesPerSecond * WriteBudget, Math.Max(1, WriteBurst * WriteBudget), Start, MaxInFlight),
    };
}
