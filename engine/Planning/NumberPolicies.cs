namespace ProvisioningConnector.Engine.Planning;

/// <summary>What happens when the second opinion speaks against a number that would be written.</summary>
public enum NumberPolicy : byte
{
    Warn,
    Off,

    /// <summary>The user's phones are held until someone decides.</summary>
    Hold,
}

/// <summary>The policies on the second opinion (docs/safety.md#second-opinion-on-numbers).</summary>
public sealed record NumberPolicies
{
    public static NumberPolicies Default { get; } = new();

    /// <summary>Numbers in a range that their country does not use.</summary>
    public NumberPolicy NotAssigned { get; init; }

    /// <summary>Fixed lines in the slot of the mobile.</summary>
    public NumberPolicy MobileIsFixedLine { get; init; }

    /// <summary>Toll-free, shared-cost and company numbers, pagers and voicemail.</summary>
    public NumberPolicy NotPersonal { get; init; }

    /// <summary>Premium-rate numbers.</summary>
    public NumberPolicy Premium { get; init; }

    /// <summary>The same without holds.</summary>
    public NumberPolicies WithoutHolds() => new()
    {
        NotAssigned = WithoutHold(NotAssigned), MobileIsFixedLine = WithoutHold(MobileIsFixedLine),
        NotPersonal = WithoutHold(NotPersonal), Premium = WithoutHold(Premium),
    };

    private static NumberPolicy WithoutHold(NumberPolicy policy) => policy == NumberPolicy.Hold ? NumberPolicy.Warn : policy;
}
