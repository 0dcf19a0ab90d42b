using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Memory;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A change of one user in the words of runs, so that everything that understands runs understands it.</summary>
internal static class UserChangeRun
{
    public static SourceRow Row(UserChange request, DesiredMethods desired) =>
        new(0, new Place(request.Origin.Name), request.UserText ?? request.User.ToString(), request.User, desired, null, []);

    public static PlanHeader Plan(
        PipelinePorts ports, PipelineSettings settings, RunRequest request, UserChange change, PlannedUser user, long population)
    {
        PlanCounter tally = new();
        tally.Add(user);
        PlanHeader plan = new()
        {
            PlanId = settings.NewId('p'), CreatedAt = ports.Time.GetUtcNow(), ToolVersion = settings.ToolVersion, Actor = request.Actor,
            Tenant = ports.Tenant.Identity, Origin = change.Origin, Source = new SourceIdentity(change.Origin.Name, null, 1, Delta: true),
            Policy = change.Policy ?? settings.Policy, Limits = settings.Limits,
            Allowances = request.Allowances, Summary = tally.Summary, Population = population,
        };
        return change.Forecast is { } forecast ? plan with { Forecast = forecast } : plan;
    }

    public static RunHeader Begin(string runId, PlanHeader plan, DateTimeOffset now) =>
        new() { RunId = runId, Kind = RunKind.OneUser, Plan = plan, StartedAt = now, AppliedBy = plan.Actor };

    /// <summary>The head of a change that ended.</summary>
    /// <param name="run">As it began.</param>
    /// <param name="user">The user with all recorded data.</param>
    /// <param name="result">The result.</param>
    /// <param name="now">When.</param>
    public static RunHeader End(RunHeader run, RunUser user, UserResult result, DateTimeOffset now)
    {
        bool open = !user.OpenIntents.IsEmpty;
        bool unseen = new WriteVisibility().Plus(user with { Result = result }).IsNothingSeen;
        bool well = result.Outcome == UserOutcome.Done && !unseen && user.Planned.Plan.Held.All(h => h.Standing);
        return new JournalCount().Plus(user with { Result = result }).AsLeft(run) with
        {
            EndedAt = now,
            Diagnostics = unseen ? run.Diagnostics.Add(WriteVisibility.NothingSeen) : run.Diagnostics,
            Outcome = open ? RunOutcome.Interrupted : well ? RunOutcome.Succeeded : RunOutcome.Partial,
            Applied = Applied(run, user),
        };
    }

    public static ImmutableArray<AppliedHour> Applied(RunHeader run, RunUser user)
    {
        AppliedCount count = new(run.StartedAt);
        count.Observe(user);
        return count.Hours;
    }

#pragma warning disable CS1998 // A stream of one.
    public static async IAsyncEnumerable<PlannedUser> Users(PlannedUser user)
    {
        yield return user;
    }
#pragma warning restore CS1998
}
