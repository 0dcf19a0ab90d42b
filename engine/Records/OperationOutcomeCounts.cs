namespace ProvisioningConnector.Engine.Records;

/// <summary>Planned operations by outcome. In a run that has ended they add up to the operations planned; in one that goes on to those that are settled.</summary>
public sealed record OperationOutcomeCounts(long Done = 0, long Failed = 0, long Unknown = 0, long Skipped = 0)
{
    public long Total => Done + Failed + Unknown + Skipped;

    public OperationOutcomeCounts Plus(OperationOutcome outcome, long count = 1) => outcome switch
    {
        OperationOutcome.Done => this with { Done = Done + count },
        OperationOutcome.Skipped => this with { Skipped = Skipped + count },
        OperationOutcome.Failed => this with { Failed = Failed + count },
        OperationOutcome.Unknown => this with { Unknown = Unknown + count },
    };
}
