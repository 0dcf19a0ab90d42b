namespace ProvisioningConnector.Engine.Records;

/// <summary>What became of an operation (design 2).</summary>
public enum OperationOutcome : byte
{
    /// <summary>The tenant has it.</summary>
    Done,

    /// <summary>It was not sent, for the reason in the error's code; <c>alreadySo</c> means that there was nothing left to do.</summary>
    Skipped,

    /// <summary>The tenant refused it.</summary>
    Failed,

    /// <summary>The request left and no trustworthy answer came.</summary>
    Unknown,
}

/// <summary>Names of outcomes in documents.</summary>
public static class OperationOutcomes
{
    public static string Name(this OperationOutcome outcome) => outcome switch
    {
        OperationOutcome.Done => "done",
        OperationOutcome.Skipped => "skipped",
        OperationOutcome.Failed => "failed",
        OperationOutcome.Unknown => "unknown",
    };
}
