namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>Something wrong with a trail.</summary>
/// <param name="Code">A constant of this class.</param>
/// <param name="Number">The record it is about; null when it is about the whole.</param>
/// <param name="Message">What, and what it means.</param>
public sealed record AuditFinding(string Code, long? Number, string Message)
{
    /// <summary>A record is not as it was signed.</summary>
    public const string Edited = "edited";

    /// <summary>A record does not follow the one before it.</summary>
    public const string BrokenLink = "brokenLink";

    /// <summary>Records are missing in between or at the beginning.</summary>
    public const string Missing = "missing";

    /// <summary>The second sink knows of records that are no longer there.</summary>
    public const string CutOff = "cutOff";

    /// <summary>The second sink has another record of that number.</summary>
    public const string Replaced = "replaced";

    /// <summary>The store knows a run that the trail does not show.</summary>
    public const string RunNotRecorded = "runNotTold";

    /// <summary>The store knows a run's end that lies after the trail's last record.</summary>
    public const string EndNotRecorded = "endNotTold";

    /// <summary>The second sink is gone, lacks heads or cannot be read.</summary>
    public const string SecondSink = "secondSink";
}
