using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>A reason from outside the planner not to touch something of a user: protection, a guardrail, an earlier failure.</summary>
/// <param name="Code">One of <see cref="HoldCodes"/>.</param>
/// <param name="Standing">See <see cref="HeldPart.Standing"/>.</param>
/// <param name="Message">See <see cref="HeldPart.Message"/>.</param>
public sealed record HoldReason(string Code, bool Standing, string Message)
{
    public HeldPart On(Part part) => new(part, Code, Standing, Message);
}

/// <summary>
/// What must not be touched when a user is planned. Held parts keep their current content, and everything else is planned
/// around that, so that a hold can never take a user's last method away.
/// </summary>
public sealed record Holds
{
    public static Holds None { get; } = new();

    /// <summary>Hold every part that would change.</summary>
    public HoldReason? User { get; init; }

    /// <summary>Hold these parts if they would change.</summary>
    public ImmutableDictionary<Part, HoldReason> Parts { get; init; } = ImmutableDictionary<Part, HoldReason>.Empty;

    /// <summary>Hold every part that would contain an operation of these actions.</summary>
    public ImmutableDictionary<OperationAction, HoldReason> Actions { get; init; } = ImmutableDictionary<OperationAction, HoldReason>.Empty;

    /// <summary>Hold the phones when one of these slots would get a number.</summary>
    public ImmutableDictionary<PhoneType, HoldReason> Slots { get; init; } = ImmutableDictionary<PhoneType, HoldReason>.Empty;

    /// <summary>Hold the phones of a user who would lose the last phone (<c>MaxLastPhone</c>, <c>OnBreach: Withhold</c>).</summary>
    public HoldReason? LastPhone { get; init; }

    /// <summary>Holds an action too; the first reason given for it stays.</summary>
    public Holds WithAction(OperationAction action, HoldReason reason) => Actions.ContainsKey(action)
        ? this : this with { Actions = Actions.Add(action, reason) };

    public Holds WithPart(Part part, HoldReason reason) => this with { Parts = Parts.SetItem(part, reason) };
}
