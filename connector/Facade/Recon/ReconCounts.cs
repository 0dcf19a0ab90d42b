using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Recon;

/// <summary>What a plan comes to in OpenIDM's terms.</summary>
/// <param name="Situations">Rows by situation; situations without rows are left out.</param>
/// <param name="Troubled">Rows that are done nothing for and that someone must look at.</param>
/// <param name="Demands">Rights that its operations need, and how many operations need each.</param>
internal sealed record ReconCounts(ImmutableDictionary<ReconSituation, long> Situations, long Troubled, ImmutableSortedDictionary<Right, long> Demands)
{
    public static ReconCounts None { get; } = new(
        ImmutableDictionary<ReconSituation, long>.Empty, 0, ImmutableSortedDictionary<Right, long>.Empty);

    public static async Task<ReconCounts> OfAsync(PlanHeader plan, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        Dictionary<ReconSituation, long> situations = new() { [ReconSituation.Confirmed] = plan.Summary.Equal };
        SortedDictionary<Right, long> demands = [];
        long troubled = 0;
        await foreach (PlannedUser user in users.WithCancellation(cancellation))
        {
            UserPlan one = user.Plan;
            if (one.Situation == Situation.Equal) continue;
            ReconSituation situation = ReconSituations.From(one.Situation, one.Diagnostics);
            situations[situation] = situations.GetValueOrDefault(situation) + 1;
            if (ReconSituations.Action(one.Situation, one.Held) == "EXCEPTION") troubled++;
            foreach (Operation operation in one.Operations)
            {
                Right right = ReconRights.For(operation);
                demands[right] = demands.GetValueOrDefault(right) + 1;
            }
        }

        return new ReconCounts(situations.ToImmutableDictionary(), troubled, demands.ToImmutableSortedDictionary());
    }

    /// <summary>As far as a plan's sums show, for runs whose rows no one counted.</summary>
    public static ReconCounts From(Summary summary) => new(
        ImmutableDictionary<ReconSituation, long>.Empty
            .Add(ReconSituation.Confirmed, summary.Equal).Add(ReconSituation.Found, summary.Changed + summary.Held)
            .Add(ReconSituation.Absent, summary.NotFound).Add(ReconSituation.SourceIgnored, summary.Invalid + summary.NotRead),
        summary.Invalid + summary.NotFound + summary.NotRead, ImmutableSortedDictionary<Right, long>.Empty);
}
