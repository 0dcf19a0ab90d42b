using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Execution;

/// <summary>Reads one user and plans from what was read.</summary>
/// <param name="reader">Reads methods.</param>
/// <param name="numbers">Asks for a second opinion on numbers where a plan is made; null where an approved one is executed, which holds what was held.</param>
public sealed class UserPlanner(IMethodsReader reader, CheckedPlanner? numbers = null)
{
    private readonly CheckedPlanner _numbers = numbers ?? CheckedPlanner.None;

    public async ValueTask<MethodsReading> ReadAsync(UserExecutionState work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        ImmutableArray<MethodsReading> readings = await reader.ReadAsync([UserRead.For(work.Uid, work.Planned.Row.Desired)], cancellation);
        work.OnRead(readings[0] is MethodsReading.Failed failed ? failed.Error : null);
        if (readings[0] is MethodsReading.Complete complete)
        {
            OnPremisesMasterDetector.Observe(work, complete.Methods);
            if (work.IsShown(complete.Methods)) work.Move.Observe(complete.Methods);
        }

        return readings[0];
    }

    /// <summary>The plan from a state, with the default method read where a policy needs it; the state comes back with it.</summary>
    public async ValueTask<(UserPlan Plan, CurrentMethods Current)> PlanAsync(UserExecutionState work, CurrentMethods current, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        // The phones that we added ourselves are no reason not to add the others (policy AddPhone was asked when the plan was made).
        PlanningPolicy policy = work.AddedPhone ? work.Policy with { AddPhone = AddPhonePolicy.Always } : work.Policy;
        return await PlanAsync(
            new PlanRequest(current, work.Planned.Row.Desired, policy, work.Planned.User is { } user ? Account.From(user) : default, work.Holds)
            {
                SignIn = work.Move.Need,
            },
            work.Uid, cancellation);
    }

    /// <summary>The plan of a request, with the default method read where a policy needs it.</summary>
    public async ValueTask<(UserPlan Plan, CurrentMethods Current)> PlanAsync(PlanRequest request, string uid, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        UserPlan plan = _numbers.Plan(request);
        if (!plan.NeedsDefault) return (plan, request.Current);
        CurrentMethods known = request.Current with { Default = await reader.ReadDefaultAsync(uid, cancellation) };
        return (_numbers.Plan(request with { Current = known }), known);
    }

    public ValueTask<DefaultMethod> ReadDefaultAsync(UserExecutionState work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        return reader.ReadDefaultAsync(work.Uid, cancellation);
    }
}
