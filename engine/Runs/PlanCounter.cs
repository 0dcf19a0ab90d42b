using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs;

/// <summary>Counts a plan while it grows. Users come from several threads at once.</summary>
internal sealed class PlanCounter
{
    private readonly Lock _gate = new();
    private Summary _summary = new();
    private long _complete;
    private int _mostShared;
    private long _sharedHeld;
    private long _protectedHeld;
    private long _privilegedHeld;
    private long _retiringHeld;
    private long _retiringWarned;

    public Summary Summary
    {
        get
        {
            lock (_gate) return _summary;
        }
    }

    /// <summary>Users whose methods were read.</summary>
    public long Read
    {
        get
        {
            lock (_gate) return _complete;
        }
    }

    /// <summary>Users with a warning that their phones end.</summary>
    public long RetiringWarned => _retiringWarned;

    /// <summary>What guardrails look at, as far as it is counted here.</summary>
    /// <param name="population">What percentages are of.</param>
    public PlanMeasures Measure(long population)
    {
        lock (_gate)
        {
            return new()
            {
                Summary = _summary, Population = population, Asked = _complete + _summary.NotRead, MostShared = _mostShared, HeldForSharing = _sharedHeld,
                ProtectedHeld = _protectedHeld, PrivilegedHeld = _privilegedHeld, RetiringHeld = _retiringHeld,
            };
        }
    }

    public void Observe(ResolvedRow row)
    {
        lock (_gate) _mostShared = Math.Max(_mostShared, row.SharedBy);
    }

    public void Add(PlannedUser user) => Count(user, 1);

    public void Remove(PlannedUser user) => Count(user, -1);

    /// <summary>Whether phones are all that the user can sign in with when everything is done.</summary>
    private static bool IsOnlyPhone(PlannedUser user)
    {
        if (user.Current is not { } current) return false;
        int phones = current.PhoneCount
            + user.Plan.Operations.Count(o => o is Operation.AddPhone) - user.Plan.Operations.Count(o => o is Operation.DeletePhone);
        return phones > 0 && phones == user.Plan.MethodsAfter;
    }

    private void Count(PlannedUser user, int sign)
    {
        UserPlan plan = user.Plan;
        bool read = user.Current is not null;
        bool onlyPhone = IsOnlyPhone(user);
        lock (_gate)
        {
            if (read) _complete += sign;
            foreach (string code in plan.Held.Select(h => h.Code).Distinct(StringComparer.Ordinal))
            {
                if (code == HoldCodes.SharedNumber) _sharedHeld += sign;
                if (code == HoldCodes.Protected) _protectedHeld += sign;
                if (code == HoldCodes.ProtectPrivileged) _privilegedHeld += sign;
                if (code == HoldCodes.RetiringMethod) _retiringHeld += sign;
            }

            if (plan.Diagnostics.Any(d => d.Code == HoldCodes.RetiringMethod)) _retiringWarned += sign;

            _summary = _summary.Plus(plan.Situation, sign) with
            {
                Operations = plan.Operations.Aggregate(_summary.Operations, (counts, o) => counts.Plus(o.Action, sign)),
                LosingLastPhone = _summary.LosingLastPhone + (plan.LosesLastPhone ? sign : 0),
                EndingWithFewer = _summary.EndingWithFewer + (plan.MethodsAfter < plan.MethodsBefore ? sign : 0),
                OnlyPhone = _summary.OnlyPhone + (onlyPhone ? sign : 0),
                DefaultMoving = _summary.DefaultMoving + (plan.Operations.Any(o => o is Operation.Prefer) ? sign : 0),
                Moves = _summary.Moves + (plan.Move is { From: not null } ? sign : 0),
                HeldNotStanding = _summary.HeldNotStanding + (plan.Held.Any(h => !h.Standing) ? sign : 0),
                Drifted = _summary.Drifted + (plan.Held.Any(h => h.Code == HoldCodes.Drift) ? sign : 0),
            };
        }
    }
}
