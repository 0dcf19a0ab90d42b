namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>The three places a user has for a phone number; at most one number in each (graph-facts 2.2).</summary>
public enum PhoneType
{
    /// <summary>The only one that serves SMS and SMS sign-in.</summary>
    Mobile,

    /// <summary>Voice only; cannot exist without <see cref="Mobile"/>.</summary>
    AlternateMobile,

    /// <summary>Voice only; the only one that may carry an extension (graph-facts 2.3).</summary>
    Office,
}
