namespace ProvisioningConnector.Facade.Recon;

/// <summary>How a reconciliation stands (docs/openidm.md#reconciliations).</summary>
internal enum ReconState : byte
{
    Active,
    Canceled,
    Failed,
    Success,
}

/// <summary>What a reconciliation is doing (docs/openidm.md#reconciliations). Links are not kept here, so their clean-up never comes.</summary>
internal enum ReconStage : byte
{
    Initialized,
    QueryEntries,
    ReconcilingSource,
    ReconcilingTarget,
    ProcessingResults,
    Canceling,
    Succeeded,
    Canceled,
    Failed,
}

/// <summary>The words that clients know.</summary>
internal static class ReconWords
{
    public static string Name(this ReconState state) => state switch
    {
        ReconState.Active => "ACTIVE",
        ReconState.Canceled => "CANCELED",
        ReconState.Failed => "FAILED",
        ReconState.Success => "SUCCESS",
    };

    public static string Name(this ReconStage stage) => stage switch
    {
        ReconStage.Initialized => "ACTIVE_INITIALIZED",
        ReconStage.QueryEntries => "ACTIVE_QUERY_ENTRIES",
        ReconStage.ReconcilingSource => "ACTIVE_RECONCILING_SOURCE",
        ReconStage.ReconcilingTarget => "ACTIVE_RECONCILING_TARGET",
        ReconStage.ProcessingResults => "ACTIVE_PROCESSING_RESULTS",
        ReconStage.Canceling => "ACTIVE_CANCELING",
        ReconStage.Succeeded => "COMPLETED_SUCCESS",
        ReconStage.Canceled => "COMPLETED_CANCELED",
        ReconStage.Failed => "COMPLETED_FAILED",
    };

    public static string Description(this ReconStage stage) => stage switch
    {
        ReconStage.Initialized => "initialized recon",
        ReconStage.QueryEntries => "querying source and target sets to reconcile",
        ReconStage.ReconcilingSource => "reconciling source entries",
        ReconStage.ReconcilingTarget => "reconciling target entries",
        ReconStage.ProcessingResults => "processing reconciliation results",
        ReconStage.Canceling => "reconciliation is being canceled",
        ReconStage.Succeeded => "reconciliation completed.",
        ReconStage.Canceled => "reconciliation aborted.",
        ReconStage.Failed => "reconciliation failed",
    };

    /// <summary>The last stage of a state that is not active.</summary>
    public static ReconStage End(this ReconState state) => state switch
    {
        ReconState.Active => ReconStage.Initialized,
        ReconState.Canceled => ReconStage.Canceled,
        ReconState.Failed => ReconStage.Failed,
        ReconState.Success => ReconStage.Succeeded,
    };
}
