using System.Collections.Immutable;
using System.Text;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Faults;

/// <summary>What goes wrong, and when. The first rule that fires for a request decides; README.md shows the JSON.</summary>
public sealed record FaultPlan
{
    public static FaultPlan None { get; } = new();

    public ImmutableArray<FaultRule> Rules { get; init; } = [];

    /// <exception cref="SandboxSeedException">It is not a fault plan; the message names line and path, or the rule.</exception>
    public static FaultPlan Parse(string json) => Parse(Encoding.UTF8.GetBytes(json), "fault plan");

    private static FaultPlan Parse(ReadOnlySpan<byte> utf8, string what)
    {
        FaultPlan plan = SandboxJson.Read<FaultPlan>(utf8, what);
        for (int i = 0; i < plan.Rules.Length; i++)
            if (plan.Rules[i].Complaint() is { } complaint)
                throw new SandboxSeedException($"The {what} cannot be used: rules[{i}] {complaint}");
        return plan;
    }
}

/// <summary>
/// A rule counts the requests it matches, from 1. It fires at the <see cref="Nth"/>, and from there at each <see cref="Every"/>th, at most
/// <see cref="Count"/> times (once when only <see cref="Nth"/> is given), with the probability <see cref="Share"/>.
/// </summary>
public sealed record FaultRule
{
    public FaultMatch Match { get; init; } = new();
    public int? Nth { get; init; }
    public int? Every { get; init; }
    public int? Count { get; init; }
    /// <summary>0 to 1; drawn from <see cref="Seed"/> and the number of the match, so always the same.</summary>
    public double? Share { get; init; }
    public int Seed { get; init; }
    /// <summary>Count for each user apart.</summary>
    public bool PerUser { get; init; }
    /// <summary>Fires only from this time since the start of the plan on.</summary>
    public TimeSpan? From { get; init; }
    /// <summary>Fires only before this time since the start of the plan.</summary>
    public TimeSpan? Until { get; init; }
    public required FaultEffect Then { get; init; }

    internal string? Complaint() =>
        Nth is < 1 ? "has nth below 1."
        : Every is < 1 ? "has every below 1."
        : Count is < 0 ? "has count below 0."
        : Share is < 0 or > 1 ? "has a share that is not from 0 to 1."
        : Match.Complaint() ?? Then.Complaint();
}
