using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>Everything the planner looks at for one user; it looks at nothing else.</summary>
/// <param name="Current">The tenant's state, read completely.</param>
/// <param name="Desired">What the source wants.</param>
/// <param name="Policy">The tenant's policies.</param>
/// <param name="Account">Guest and disabled, for the policies of these names.</param>
/// <param name="Holds">What must not be touched.</param>
public sealed record PlanRequest(
    CurrentMethods Current,
    DesiredMethods Desired,
    PlanningPolicy Policy,
    Account Account,
    Holds Holds)
{
    /// <summary>What SMS sign-in needs where numbers move between users; the planner itself looks at one user.</summary>
    public SignInNeed SignIn { get; init; }
}

/// <summary>What policies need to know of the account itself.</summary>
public readonly record struct Account(bool IsGuest = false, bool IsDisabled = false)
{
    public static Account From(DirectoryUser user) => new(user.IsGuest, user.Enabled == false);
}

/// <summary>Computes plans. Pure: neither prints nor acts, and depends on nothing but its argument.</summary>
public static class Planner
{
    /// <summary>The plan for one user. Deterministic; the plan of a goal on itself is empty (docs/design.md#laws-of-the-planner, law 4).</summary>
    public static UserPlan Plan(PlanRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        int before = request.Current.UsableCount;
        if (Comparison.IsEqual(request.Current, request.Desired) && !Comparison.MissesSignIn(request))
        {
            return new UserPlan { Situation = Situation.Equal, MethodsBefore = before, MethodsAfter = before };
        }

        Goal goal = Goal.From(request.Current, request.Desired, request.Policy);
        ImmutableArray<Diagnostic> notes = PlanWarnings.For(request);
        if (goal.Impossible is { } impossible)
        {
            return new UserPlan
            {
                Situation = Situation.Invalid, MethodsBefore = before, MethodsAfter = before, Diagnostics = notes.Insert(0, impossible),
            };
        }

        return WithHolds(request, goal, notes);
    }

    /// <summary>
    /// Drafts the plan, asks every rule which parts must be held, and drafts again with those parts left as they are,
    /// until no rule objects. Each round holds at least one more part, so it ends.
    /// </summary>
    private static UserPlan WithHolds(PlanRequest request, Goal goal, ImmutableArray<Diagnostic> notes)
    {
        HeldParts held = HeldParts.None;
        while (true)
        {
            Draft draft = Draft.Make(request, goal, held);
            HeldParts more = HoldRules.Apply(new Proposal(request, goal, draft), held);
            if (more.Count > held.Count)
            {
                held = more;
                continue;
            }

            DefaultQuestion question = DefaultQuestion.From(request, draft, held);
            return new UserPlan
            {
                Situation = draft.Operations.Length > 0 ? Situation.Changed : held.Count > 0 ? Situation.Held : Situation.Equal,
                Operations = draft.Operations,
                Held = held.InOrder(),
                Diagnostics = question.IsUnanswered ? notes.Add(PlanWarnings.DefaultUnknown) : notes,
                MethodsBefore = request.Current.UsableCount,
                MethodsAfter = draft.UsableAfter,
                NeedsDefault = question.IsOpen,
                LosesLastPhone = request.Current.PhoneCount > 0 && draft.Phones.Count == 0,
            };
        }
    }
}
