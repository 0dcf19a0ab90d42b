namespace ProvisioningConnector.Engine.Readiness;

/// <summary>
/// How a person stands before Microsoft's SMS and voice end. The order is the order in which the bands are tried; each person has exactly one.
/// </summary>
public enum Band : byte
{
    /// <summary>Methods or policy scope could not be read, or certificates are in scope, which no reading shows.</summary>
    Unknown,

    /// <summary>Left aside by the configuration: shared mailboxes and the like.</summary>
    Excluded,

    /// <summary>Only phones count as MFA.</summary>
    OnlyPhone,

    /// <summary>Needs push or OATH on premises (NPS, RADIUS, AD FS) and has neither.</summary>
    OnPremisesMethodMissing,

    /// <summary>The default method is a phone, and nothing overrides it.</summary>
    DefaultIsPhone,

    /// <summary>Password reset works by phone only.</summary>
    ResetByPhone,

    /// <summary>Signs in by SMS.</summary>
    SmsSignIn,

    /// <summary>Has another method that counts; a phone is left over.</summary>
    PhoneLeft,

    /// <summary>Has a method that counts and no phone.</summary>
    Ready,

    /// <summary>No method that counts.</summary>
    NoMethod,
}

/// <summary>Names of bands, as documents and pages show them, and what they mean.</summary>
public static class Bands
{
    public static string Name(this Band band) => band switch
    {
        Band.Unknown => "?",
        Band.Excluded => "X",
        Band.OnlyPhone => "B0",
        Band.OnPremisesMethodMissing => "B0v",
        Band.DefaultIsPhone => "B1",
        Band.ResetByPhone => "B2",
        Band.SmsSignIn => "B3",
        Band.PhoneLeft => "B4",
        Band.Ready => "B5",
        Band.NoMethod => "N",
    };

    public static string Meaning(this Band band) => band switch
    {
        Band.Unknown => "not known: methods or scope unreadable, or certificates in scope",
        Band.Excluded => "excluded by the configuration",
        Band.OnlyPhone => "only phones count as MFA",
        Band.OnPremisesMethodMissing => "needs push or OATH on premises and has neither",
        Band.DefaultIsPhone => "the default method is a phone",
        Band.ResetByPhone => "password reset by phone only",
        Band.SmsSignIn => "signs in by SMS",
        Band.PhoneLeft => "a phone is left over",
        Band.Ready => "ready",
        Band.NoMethod => "no method that counts",
    };

    /// <summary>Whether the person has something to lose: B0 to B3.</summary>
    public static bool IsAffected(this Band band) => band switch
    {
        Band.OnlyPhone or Band.OnPremisesMethodMissing or Band.DefaultIsPhone or Band.ResetByPhone or Band.SmsSignIn => true,
        Band.Unknown or Band.Excluded or Band.PhoneLeft or Band.Ready or Band.NoMethod => false,
    };
}
