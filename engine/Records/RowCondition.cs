using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Records;

/// <summary>
/// What must be true of a user for a row to be in force, part by part; rows of sources have no condition. Parts whose condition is not
/// met are held, and parts about which nothing can be done are listed.
/// </summary>
public sealed record RowCondition
{
    /// <summary>What slots may hold; slots that are not listed may hold anything.</summary>
    public ImmutableArray<ExpectedSlot> Slots { get; init; } = [];

    /// <summary>What the e-mail method may be; null: anything.</summary>
    public ExpectedEmail? Email { get; init; }

    /// <summary>What the mobile slot may hold for SMS sign-in to be switched: it belongs to the number; null: anything.</summary>
    public ExpectedSlot? SmsNumber { get; init; }

    /// <summary>What the default method must be; null: anything.</summary>
    public PreferredMethod? Preferred { get; init; }

    /// <summary>Parts that are held if something is to be done about them; at most one entry each.</summary>
    public ImmutableArray<HeldPart> Barred { get; init; } = [];

    /// <summary>Parts about which nothing can be done; at most one entry each.</summary>
    public ImmutableArray<HeldPart> Lost { get; init; } = [];

    /// <summary>Adds what is held of a user in this state.</summary>
    public Holds HoldsFor(CurrentMethods current, Holds holds)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(holds);
        if (!Slots.All(s => s.Allows(current[s.Slot]))) holds = holds.WithPart(Part.Phones, NewerChange);
        if (Email is { } email && !email.Allows(current.Email)) holds = holds.WithPart(Part.Email, NewerChange);
        if (SmsNumber is { } number && !number.Allows(current[number.Slot])) holds = holds.WithPart(Part.SmsSignIn, NewerChange);
        if (Preferred is { } preferred && !current.Default.Is(preferred)) holds = holds.WithPart(Part.PreferredMethod, NewerChange);
        return Barred.Aggregate(holds, (h, part) => h.WithPart(part.Part, new HoldReason(part.Code, part.Standing, part.Message)));
    }

    /// <summary>The plan with the parts about which nothing can be done.</summary>
    public UserPlan List(UserPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ImmutableArray<HeldPart> held = [.. plan.Held.Concat(Lost.Where(lost => plan.Held.All(h => h.Part != lost.Part))).OrderBy(h => h.Part)];
        return held.Length == plan.Held.Length
            ? plan
            : plan with { Held = held, Situation = plan.Situation == Situation.Equal ? Situation.Held : plan.Situation };
    }

    private static HoldReason NewerChange { get; } = new(HoldCodes.NewerChange, false,
        "The tenant no longer holds what the run wrote: someone changed it since, and that change is kept.");
}

/// <summary>A slot may hold what was written, or still (or again) what was there before.</summary>
public sealed record ExpectedSlot(PhoneType Slot, CurrentSlot Written, CurrentSlot Before)
{
    public bool Allows(CurrentSlot now) => now == Written || now == Before;
}

/// <summary>The e-mail method may be what was written, or still (or again) what was there before; null for none.</summary>
public sealed record ExpectedEmail(string? Written, string? Before)
{
    public bool Allows(CurrentEmail? now) =>
        string.Equals(now?.Address, Written, StringComparison.OrdinalIgnoreCase) || string.Equals(now?.Address, Before, StringComparison.OrdinalIgnoreCase);
}
