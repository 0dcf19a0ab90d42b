using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Engine.Reconciliation;

/// <summary>A user who ended a run with fewer usable methods (design 4.5) than before.</summary>
/// <param name="User">The user of the run.</param>
/// <param name="Before">Usable methods before.</param>
/// <param name="Now">Usable methods afterwards.</param>
/// <param name="IsSeen">Whether a read showed it; otherwise it is worked out from what was applied.</param>
/// <param name="Taken">Positions, in the plan, of the operations that took methods away.</param>
public sealed record FewerMethods(RunUser User, int Before, int Now, bool IsSeen, ImmutableArray<int> Taken)
{
    /// <summary>Null for users who have as many as before, or more.</summary>
    public static FewerMethods? Of(RunUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        UserPlan plan = user.Planned.Plan;
        int balance = 0;
        ImmutableArray<int>.Builder taken = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < plan.Operations.Length; i++)
        {
            if (!AppliedCount.IsApplied(user, i, out _)) continue;
            int change = Change(plan.Operations[i]);
            balance += change;
            if (change < 0) taken.Add(i);
        }

        if (taken.Count == 0) return null;
        int? seen = user.Result?.MethodsNow;
        int now = seen ?? Math.Max(0, plan.MethodsBefore + balance);
        return now < plan.MethodsBefore ? new FewerMethods(user, plan.MethodsBefore, now, seen is not null, taken.ToImmutable()) : null;
    }

    /// <summary>Whether <c>undo</c> can bring back what an operation took; otherwise the person registers it again.</summary>
    public static bool IsRestorable(Operation operation) => operation is Operation.DeletePhone { Before.Unreadable: null };

    private static int Change(Operation operation) => operation switch
    {
        Operation.AddPhone => 1,
        Operation.DeletePhone => -1,
        Operation.RemoveMethod removal => removal.Method.Kind.IsUsable() ? -1 : 0,
        _ => 0,
    };
}
