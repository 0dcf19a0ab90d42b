namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>How the model says when to come back.</summary>
public enum RetryAfterForm
{
    /// <summary>Ten seconds, whatever the state: Graph's sample.</summary>
    Ten,

    /// <summary>Whole seconds until there is room, rounded up, at least 1.</summary>
    WholeSeconds,

    /// <summary>Seconds until there is room with decimals.</summary>
    Fraction,

    /// <summary>A date with whole seconds.</summary>
    Date,

    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>Always one second, true or not.</summary>
    AlwaysOne,
}
