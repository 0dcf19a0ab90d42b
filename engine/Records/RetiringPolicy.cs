namespace ProvisioningConnector.Engine.Records;

/// <summary>What becomes of phones that would be written for people whose SMS and voice have ended (docs/safety.md#retiring-methods).</summary>
public enum RetiringPolicy : byte
{
    /// <summary>They are written, with a warning.</summary>
    Warn,

    /// <summary>They are held, where it is certain that the phone serves no longer.</summary>
    Hold,

    /// <summary>They are written.</summary>
    Off,
}
