using System.Globalization;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Simulation;

/// <summary>What a run over a crowd took, in seconds of virtual time, beside what it had to take.</summary>
public sealed record CrowdResult(CrowdRun Run, int Seed)
{
    public required double Makespan { get; init; }

    /// <summary>Of it, until the plan was made.</summary>
    public required double PlanSeconds { get; init; }

    /// <summary>Requests that read methods until the plan was made.</summary>
    public required long CallsToPlan { get; init; }

    public required CrowdLowerBound LowerBound { get; init; }

    /// <summary>Requests of all kinds, and those of them that were refused wholly or in part.</summary>
    public required long Calls { get; init; }

    /// <inheritdoc cref="Calls"/>
    public required long Refused { get; init; }

    public required RunOutcome Outcome { get; init; }

    public required OutcomeCounts Outcomes { get; init; }

    public required int Verified { get; init; }

    public required int WrittenTwice { get; init; }

    public required PacingAccount Account { get; init; }

    /// <summary>Makespan over the floor of reads and writes.</summary>
    public double Ratio => Makespan / LowerBound.Plain;

    /// <summary>Makespan over the floor with the safety reads counted in.</summary>
    public double RatioWithSafety => Makespan / LowerBound.WithSafety;

    public double RefusedShare => (double)Refused / Calls;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"seed {Seed}, {Run.Users:N0} users: {Makespan:N0} s over at least {LowerBound.Plain:N0} s = {Ratio:F4} "
        + $"(with safety reads {LowerBound.WithSafety:N0} s = "
        + $"{RatioWithSafety:F4}); plan {PlanSeconds:N0} s over {LowerBound.Reads:N0} s; "
        + $"{Refused:N0} of {Calls:N0} calls refused ({RefusedShare:P3}); {Outcome}, "
        + $"{Outcomes.Done:N0} done, {Verified:N0} verified, {WrittenTwice} twice; read rate {Account.Reads.Rate:F2} {Account.Reads.State}, "
        + $"write rate {Account.Writes.Rate:F2} {Account.Writes.State}");
}
