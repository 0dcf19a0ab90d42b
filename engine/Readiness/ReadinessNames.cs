namespace ProvisioningConnector.Engine.Readiness;

/// <summary>How values are spelled in documents.</summary>
public static class ReadinessNames
{
    public static string Name(this AccountKind kind) => kind switch
    {
        AccountKind.Member => "member",
        AccountKind.InternalGuest => "internalGuest",
        AccountKind.ExternalGuest => "externalGuest",
        AccountKind.ExternalMember => "externalMember",
    };

    public static string Name(this Privilege privilege) => privilege switch
    {
        Privilege.Unknown => "unknown",
        Privilege.No => "no",
        Privilege.Eligible => "eligible",
        Privilege.Other => "other",
        Privilege.GlobalAdministrator => "GA",
    };

    public static string Name(this MethodsSource evidence) => evidence switch
    {
        MethodsSource.None => "none",
        MethodsSource.Report => "report",
        MethodsSource.Live => "live",
    };

    /// <summary>Null where no list was given.</summary>
    public static string? Name(this SourcePhone phone) => phone switch
    {
        SourcePhone.NotAsked => null,
        SourcePhone.None => "none",
        SourcePhone.Same => "same",
        SourcePhone.Differs => "differs",
        SourcePhone.Unknown => "unknown",
    };

    /// <summary>The name of a single flag.</summary>
    public static string Name(this Circumstances flag) => Camel(flag.ToString());

    /// <summary>The names of all flags in a set.</summary>
    public static IEnumerable<string> Names(this Circumstances flags) =>
        Enum.GetValues<Circumstances>().Where(flag => flag != Circumstances.None && flags.HasFlag(flag)).Select(Name);

    public static string Name(this PromptOutcome outcome) => outcome switch
    {
        PromptOutcome.None => "notPrompted",
        PromptOutcome.GetsThrough => "getsThrough",
        PromptOutcome.NotKnown => "unknown",
        PromptOutcome.PasskeyNotAllowed => "passkeyNotAllowed",
        PromptOutcome.SelfServiceOff => "selfServiceOff",
        PromptOutcome.NoUsableType => "noUsableType",
        PromptOutcome.RegistrationBlocked => "registrationBlocked",
        PromptOutcome.GuestWithoutPasskey => "guestWithoutPasskey",
    };

    public static string Name(this NextStep step) => Camel(step.ToString());

    /// <summary>What the step is, for a person who reads it.</summary>
    public static string Describe(this NextStep step) => step switch
    {
        NextStep.Nothing => "",
        NextStep.FindOut => "Read again, or grant what is missing",
        NextStep.RegisterMethod => "Register a passkey or Microsoft Authenticator",
        NextStep.OpenTheWay => "Allow this person to register a passkey, then ask them to",
        NextStep.RegisterPushOrOath => "Register Authenticator push or OATH for on-premises sign-in",
        NextStep.MoveDefault => "Move the default method away from the phone",
        NextStep.AddResetMethod => "Register a method that password reset takes",
        NextStep.EndSmsSignIn => "Switch SMS sign-in off, or move to QR code with PIN",
        NextStep.AddPortableMethod => "Register a method that also works on another device",
        NextStep.RemovePhone => "Remove the phone when its date has passed",
    };

    /// <summary>The date, <c>later</c> or <c>none</c>.</summary>
    public static string Name(this Retirement retirement) => retirement.Kind switch
    {
        RetirementKind.None => "none",
        RetirementKind.Later => "later",
        RetirementKind.Date => retirement.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
    };

    /// <summary>The policies' names; <c>none</c> when there is none.</summary>
    public static IEnumerable<string> Names(this PhoneScope scope)
    {
        if (scope.HasFlag(PhoneScope.Sms)) yield return "sms";
        if (scope.HasFlag(PhoneScope.Voice)) yield return "voice";
        if (scope.HasFlag(PhoneScope.Legacy)) yield return "legacy";
    }

    /// <summary>The channels' names.</summary>
    public static IEnumerable<string> Names(this TelephonyChannels channels)
    {
        if (channels.HasFlag(TelephonyChannels.Sms)) yield return "sms";
        if (channels.HasFlag(TelephonyChannels.Voice)) yield return "voice";
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
