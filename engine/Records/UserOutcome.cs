namespace ProvisioningConnector.Engine.Records;

/// <summary>What became of a user's operations, worst first after <see cref="Stale"/> (docs/documents.md#outcome-of-a-user).</summary>
public enum UserOutcome : byte
{
    Done,
    Skipped,
    Failed,
    Unknown,

    /// <summary>Nothing was sent because the tenant moved since the plan.</summary>
    Stale,
}

/// <summary>Names of outcomes in documents.</summary>
public static class UserOutcomes
{
    public static string Name(this UserOutcome outcome) => outcome switch
    {
        UserOutcome.Done => "done",
        UserOutcome.Skipped => "skipped",
        UserOutcome.Failed => "failed",
        UserOutcome.Unknown => "unknown",
        UserOutcome.Stale => "stale",
    };
}
