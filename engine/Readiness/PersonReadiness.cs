namespace ProvisioningConnector.Engine.Readiness;

/// <summary>A person with everything that the rules say of them.</summary>
/// <param name="Facts">What was read.</param>
/// <param name="Band">How they stand.</param>
/// <param name="Retires">Whether and when something of theirs ends.</param>
/// <param name="Counted">Methods that count as MFA, phones apart.</param>
/// <param name="Reset">Whether password reset works for them without Microsoft's SMS and voice; null: not known.</param>
/// <param name="LosesReset">Whether it works now and will not then.</param>
/// <param name="Flags">What else is to be known.</param>
/// <param name="Prompt">Whether they are prompted at the date, and whether they get through.</param>
/// <param name="Next">What to do.</param>
public sealed record PersonReadiness(
    PersonFacts Facts, Band Band, Retirement Retires, PersonMethods Counted, bool? Reset, bool LosesReset, Circumstances Flags, PromptOutcome Prompt,
    NextStep Next)
{
    /// <summary>Those of <see cref="Counted"/> that serve on another device too.</summary>
    public PersonMethods Portable => Counted & ~MethodSets.DeviceBound;
}

/// <summary>Whether and when a person's phones end.</summary>
/// <param name="Kind">Whether at all.</param>
/// <param name="On">The date of <see cref="RetirementKind.Date"/>.</param>
public readonly record struct Retirement(RetirementKind Kind, DateOnly On = default)
{
    public static Retirement None => new(RetirementKind.None);

    public static Retirement Later => new(RetirementKind.Later);

    public static Retirement At(DateOnly on) => new(RetirementKind.Date, on);
}

/// <summary>Kinds of <see cref="Retirement"/>.</summary>
public enum RetirementKind : byte
{
    /// <summary>The person has no phone.</summary>
    None,

    /// <summary>No date is announced for this kind of tenant.</summary>
    Later,
    Date,
}

/// <summary>What is to be known of a person beside the band.</summary>
[Flags]
public enum Circumstances : ushort
{
    None = 0,
    Disabled = 1 << 0,
    NeverSignedIn = 1 << 1,
    OnLeave = 1 << 2,

    /// <summary>Enabled, phone only, no sign-in for a long time.</summary>
    Dormant = 1 << 3,

    /// <summary>No method that counts serves on another device.</summary>
    NotPortable = 1 << 4,

    /// <summary>Has a method of a kind that this version does not know; it does not count.</summary>
    UnknownMethod = 1 << 5,

    /// <summary>The tenant's own telephony provider holds a channel of their phones.</summary>
    ProviderCovers = 1 << 6,

    /// <summary>Report and tenant, or two columns of the report, disagree.</summary>
    Contradiction = 1 << 7,

    /// <summary>Has a phone; which method is the default is not known.</summary>
    DefaultUnknown = 1 << 8,

    /// <summary>Has a phone; whether password reset works without it is not known.</summary>
    ResetUnknown = 1 << 9,

    /// <summary>The signs of what kind of account it is disagree; the earlier date counts.</summary>
    KindUncertain = 1 << 10,

    /// <summary>Has a phone that no policy lets them use.</summary>
    PhoneOutOfScope = 1 << 11,

    /// <summary>Directory roles could not be read; the earlier date counts.</summary>
    PrivilegeUnknown = 1 << 12,
}

/// <summary>What meets a person at the date.</summary>
public enum PromptOutcome : byte
{
    /// <summary>Not prompted.</summary>
    None,

    /// <summary>Prompted, and nothing known stands in the way.</summary>
    GetsThrough,

    /// <summary>Prompted; it is not known whether they get through.</summary>
    NotKnown,

    /// <summary>Outside the passkey policy's targets, or the policy is off.</summary>
    PasskeyNotAllowed,

    /// <summary>The tenant does not let people register passkeys themselves.</summary>
    SelfServiceOff,

    /// <summary>The passkey policy admits no type that people have.</summary>
    NoUsableType,

    /// <summary>Conditional Access keeps them from registering security information.</summary>
    RegistrationBlocked,

    /// <summary>A guest, in a tenant where guests cannot have passkeys.</summary>
    GuestWithoutPasskey,
}

/// <summary>What to do for a person.</summary>
public enum NextStep : byte
{
    Nothing,

    /// <summary>Read again, or grant the permission that is missing.</summary>
    FindOut,

    /// <summary>Register a method that is not a phone.</summary>
    RegisterMethod,

    /// <summary>First open the way: the prompt cannot be completed.</summary>
    OpenTheWay,

    /// <summary>Register push or OATH, which on-premises sign-in takes.</summary>
    RegisterPushOrOath,
    MoveDefault,

    /// <summary>Add a method that password reset takes.</summary>
    AddResetMethod,
    EndSmsSignIn,

    /// <summary>Register a method that serves on another device too, then remove the phone.</summary>
    AddPortableMethod,
    RemovePhone,
}
