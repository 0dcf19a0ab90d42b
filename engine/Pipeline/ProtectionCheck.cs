using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Retiring;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Why nothing is written because of <c>Protected</c>: an entry that protects no user or could not be looked up, or a user who is
/// protected by now.</summary>
internal static class ProtectionCheck
{
    private const int MostNamed = 5;

    /// <summary>For a plan that was just made: what planning found, which there is a warning.</summary>
    public static ImmutableArray<Diagnostic> OfFresh(PlanHeader plan) =>
        [.. plan.Diagnostics.Where(d => d.Code is HoldCodes.ProtectedNotFound or HoldCodes.ProtectedNotChecked)
        .Select(d => d with { Severity = Severity.Error })];

    /// <summary>For users that were planned earlier (a saved plan, a run to be resumed): the entries are looked up anew.</summary>
    /// <param name="settings">What is in force now.</param>
    /// <param name="directory">The tenant's users.</param>
    /// <param name="allowances">What was allowed when they were planned.</param>
    /// <param name="users">Users who would be changed.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<ImmutableArray<Diagnostic>> OfEarlierAsync(
        PipelineSettings settings, IUserDirectory directory, Allowances allowances, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        if (settings.Protected.IsEmpty) return [];
        ProtectedUsers known = await new ProtectedLookUp(settings.Protected).EndAsync(directory, cancellation);
        ImmutableArray<Diagnostic> problems = [.. known.Problems(Severity.Error)];
        if (!problems.IsEmpty) return problems;
        Protection protection = new(known, [], settings.Limits, allowances);
        List<string> named = [];
        long count = 0;
        await foreach (PlannedUser user in users.WithCancellation(cancellation))
        {
            if (user.Plan.Operations.IsEmpty || user.User is not { } account || !protection.IsHeld(user.Row, account)) continue;
            if (count++ < MostNamed) named.Add(account.PrincipalName ?? account.Uid);
        }

        if (count == 0) return [];
        string more = count > named.Count ? $" and {count - named.Count} more" : string.Empty;
        return [Diagnostic.Error(HoldCodes.Protected,
            $"Users who are protected by the configuration would be changed: {string.Join(", ", named)}{more}. They were not protected, or not found, "
            + "when this was planned. Nothing was written. Plan again: then they are held.")];
    }

    /// <summary>Phones of an earlier plan that serve no longer by now, where <c>RetiringMethod</c> is Hold (docs/safety.md#retiring-methods); never of an
    /// undo.</summary>
    /// <param name="ports">The tenant, and the day that it is.</param>
    /// <param name="settings">What is in force now.</param>
    /// <param name="plan">The plan's head.</param>
    /// <param name="users">Users who would be changed.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<ImmutableArray<Diagnostic>> RetiringAsync(
        PipelinePorts ports, PipelineSettings settings, PlanHeader plan, IAsyncEnumerable<PlannedUser> users, CancellationToken cancellation)
    {
        if (plan.Origin is PlanOrigin.Undo || settings.Limits.RetiringMethod != RetiringPolicy.Hold) return [];
        if (await RetiringLookUp.ReadAsync(RetiringPolicy.Hold, settings.Retiring, ports.Tenant.Directory, null, ports.Time.GetUtcNow(), cancellation)
            is not { } retiring) return [];
        long count = await users.CountAsync(user => user.User is { } account && retiring.IsHeld(user.Plan, account), cancellation);
        return count == 0 ? [] : [Diagnostic.Error(HoldCodes.RetiringMethod,
            $"Microsoft's SMS and voice have ended for {Quantity.Of(count, "user")} whose phones this plan writes, since it was made or since RetiringMethod "
            + "is Hold. Nothing was written. Plan again: then they are held.")];
    }
}
