using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Runs.Standing;

/// <summary>
/// How many usable methods (docs/design.md#usable-methods) a run left a user, by what was done and what may have been applied, never by what was planned.
/// </summary>
/// <param name="Before">Usable methods before.</param>
/// <param name="Now">Usable methods as the run left them: as many as before for users it did not come to.</param>
/// <param name="IsSeen">Whether a read after the last write showed it; otherwise it is worked out.</param>
/// <param name="Taken">Positions, in the plan, of the operations that took methods away.</param>
public sealed record MethodsLeft(int Before, int Now, bool IsSeen, ImmutableArray<int> Taken)
{
    /// <summary>Whether the user had usable methods and has none now.</summary>
    public bool IsNone => Before > 0 && Now == 0;

    public bool IsFewer => Now < Before;

    public static MethodsLeft From(RunUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        UserPlan plan = user.Planned.Plan;
        int balance = 0;
        int unseen = 0;
        ImmutableArray<int>.Builder taken = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < plan.Operations.Length; i++)
        {
            if (!AppliedCount.IsApplied(user, i, out _)) continue;
            int change = Change(plan.Operations[i]);
            balance += change;
            if (change >= 0) continue;
            taken.Add(i);
            if (IsNotShown(user.Result, i)) unseen++;
        }

        int workedOut = Math.Max(0, plan.MethodsBefore + balance);
        return user.Result?.MethodsNow is { } read
            ? new MethodsLeft(plan.MethodsBefore, unseen == 0 ? read : Math.Min(read, workedOut), unseen == 0, taken.ToImmutable())
            : new MethodsLeft(plan.MethodsBefore, workedOut, false, taken.ToImmutable());
    }

    /// <summary>Whether the tenant accepted to take it away and the last read did not show that yet: such a read shows too many methods.</summary>
    private static bool IsNotShown(UserResult? result, int index) =>
        result is { Verified: false } && result.Operations[index] is { Outcome: OperationOutcome.Done, SentAt: not null, VerifiedAt: null };

    private static int Change(Operation operation) => operation switch
    {
        Operation.AddPhone => 1,
        Operation.DeletePhone => -1,
        Operation.RemoveMethod removal => removal.Method.Kind.IsUsable() ? -1 : 0,
        _ => 0,
    };
}
