using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>Holds the parts that would delete the user's default method, as policy <c>DefaultMethod</c> says (docs/design.md#policies).</summary>
internal static class DefaultHolds
{
    public static HeldParts Apply(in Proposal proposal, HeldParts held)
    {
        if (proposal.Request.Desired.Clearing != Clearing.None) return held;
        bool switches = proposal.Policy.DefaultMethod == DefaultMethodPolicy.Switch;
        DefaultMethod now = proposal.Current.Default;
        return now.Knowledge switch
        {
            DefaultMethodKnowledge.None or DefaultMethodKnowledge.NotRead => held,
            DefaultMethodKnowledge.Unreadable => switches
                ? Hold(held, DefaultPreference.DeletingAny(proposal.Draft), PolicyHolds.DefaultUnknown)
                : held,
            DefaultMethodKnowledge.Known => Hold(
                held, DefaultPreference.DeletingUnmoved(now.Method, proposal.Draft), PolicyHolds.DefaultMethod(now.Method, switches)),
        };
    }

    private static HeldParts Hold(HeldParts held, ImmutableArray<Operation> deleting, HoldReason reason)
    {
        foreach (Operation operation in deleting) held = held.With(operation.Part, reason);
        return held;
    }
}

/// <summary>Whether a finished draft depends on a default method that is not known.</summary>
/// <param name="IsOpen">It was not read: read it and plan again.</param>
/// <param name="IsUnanswered">It could not be read: the warning <c>defaultUnknown</c>.</param>
internal readonly record struct DefaultQuestion(bool IsOpen, bool IsUnanswered)
{
    public static DefaultQuestion From(PlanRequest request, Draft draft, HeldParts held) => request.Current.Default.Knowledge switch
    {
        DefaultMethodKnowledge.None or DefaultMethodKnowledge.Known => default,
        DefaultMethodKnowledge.NotRead => new(IsOpen: draft.Operations.Any(o => o is Operation.Prefer) || Matters(request, draft), IsUnanswered: false),
        DefaultMethodKnowledge.Unreadable => new(IsOpen: false, IsUnanswered: held.HasReason(PolicyHolds.DefaultUnknown) || Matters(request, draft)),
    };

    private static bool Matters(PlanRequest request, Draft draft) => DefaultPreference.MayMove(request, draft) || !DefaultPreference.DeletingAny(draft).IsEmpty;
}
