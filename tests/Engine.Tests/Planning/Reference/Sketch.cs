using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Tests.Planning.Reference;

/// <summary>What is known of the default method in a sketch.</summary>
internal enum Known
{
    None,
    Is,
    NotRead,
    Unreadable,
}

/// <summary>One abstract case for the planner: phones, other methods, default, SMS sign-in, e-mail and everything that rules over them.</summary>
internal sealed record Sketch(PhoneCase Phones)
{
    /// <summary>Bits of <see cref="OtherMethods"/> that the user has.</summary>
    public int Others { get; init; }

    /// <summary>Bits that the source wants removed, there or not.</summary>
    public int Removed { get; init; }

    public Known DefaultKnown { get; init; }

    /// <summary>1 to 6, where it is known.</summary>
    public int Default { get; init; }

    /// <summary>Index of the service's state of SMS sign-in.</summary>
    public int SmsState { get; init; }

    public bool? SmsWanted { get; init; }

    /// <summary>0 none, 1 or 2 an address.</summary>
    public int Email { get; init; }

    /// <summary>-1 unmanaged, 0 none, 1 or 2 an address.</summary>
    public int EmailWanted { get; init; } = PhoneCase.Unmanaged;

    /// <summary>0 unmanaged, 1 to 6 wanted as default.</summary>
    public int PreferredWanted { get; init; }

    public PlanningPolicy Policy { get; init; } = PlanningPolicy.Default;

    public Account Account { get; init; }

    public Holds Holds { get; init; } = Holds.None;

    public bool Avoids => Policy.SameNumberInTwoSlots == SameNumberPolicy.Avoid;

    public bool Switches => Policy.DefaultMethod == DefaultMethodPolicy.Switch;

    public World Start => Phones.Start with { Others = Others };

    public override string ToString()
    {
        List<string> said = [Phones.ToString()];
        if (Others != 0 || Removed != 0) said.Add($"others {Others} remove {Removed}");
        if (DefaultKnown != Known.None) said.Add($"default {DefaultKnown} {Default}");
        if (SmsWanted is not null) said.Add($"sms {SmsState} wanted {SmsWanted}");
        if (EmailWanted >= 0) said.Add($"email {Email} wanted {EmailWanted}");
        if (PreferredWanted != 0) said.Add($"preferred {PreferredWanted}");
        if (Policy != PlanningPolicy.Default) said.Add(Policy.ToString());
        if (Account != default) said.Add(Account.ToString());
        if (Holds != Holds.None) said.Add($"holds user {Holds.User?.Code} parts {string.Join(",", Holds.Parts.Keys)} actions "
            + $"{string.Join(",", Holds.Actions.Keys)} lastPhone {Holds.LastPhone?.Code}");
        return string.Join("; ", said);
    }
}
