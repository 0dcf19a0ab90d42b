using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>Who is to be invited.</summary>
/// <param name="Bands">Bands of <c>readiness</c>.</param>
/// <param name="Department">Only people of this department; null: of all.</param>
/// <param name="Target">A file with those who are not in the group yet, as the Entra admin center imports it; null: none.</param>
internal sealed record InviteArguments(ImmutableArray<Band> Bands, string? Department, string? Target);

/// <summary>
/// <c>migrate invite</c>: checks the group, chooses people and writes the file with which they are put into it. It reads only: this version does not change
/// membership itself.
/// </summary>
internal sealed class InviteVerb(CommonOptions options, Messages messages, WorkspaceOpening workspaces, ResultLines results)
{
    /// <summary>The first lines of a bulk import of members.</summary>
    private const string Heading = "version:v1.0\r\nMember object ID or user principal name [memberObjectIdOrUpn] Required\r\n";

    public async Task<int> RunAsync(InviteArguments arguments, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        string group = ProofVerb.Group(workspace);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        ImmutableArray<string> problems = InviteGroupRules.Problems(await tenant.Groups.ReadTraitsAsync(group, stop));
        if (!problems.IsEmpty) throw new ProvisioningException("inviteGroupUnfit",
            $"The group {group} must not be used for invitations: {string.Join(' ', problems)}",
            "Use a group that confers nothing else: a new assigned security group of the cloud.", FailureKind.Blocked);

        IReadOnlySet<string> members = await WholeGroup.ReadAsync(tenant.Readiness, group, stop);
        List<string> chosen = await ChooseAsync(workspace, tenant, arguments, stop);
        string[] left = [.. chosen.Where(uid => !members.Contains(uid))];
        if (arguments.Target is { } target)
        {
            await workspace.Audit.ExportedAsync("invitations", target, left.Length, options.Reason, stop);
            await ResultFile.WriteAsync(target,
                async output => await output.WriteAsync(Encoding.UTF8.GetBytes(Heading + string.Concat(left.Select(static uid => uid + "\r\n"))), stop), stop);
            messages.Report($"list: {target} (import it in the Entra admin center: the group, Members, Bulk operations, Import members)");
        }

        (string campaign, string wanted) = await CampaignAsync(tenant, group, stop);
        await results.WriteAsync(
            new
            {
                kind = "migrationInvite", formatVersion = "1.0", tenant = workspace.Tenant.Name, group, members = members.Count, chosen = chosen.Count,
                toInvite = left.Length, campaign, wanted
            },
            [string.Create(CultureInfo.InvariantCulture, $"group {group}: fit for invitations, {members.Count} members"),
                string.Create(CultureInfo.InvariantCulture, $"chosen: {chosen.Count} people, {left.Length} of them not in the group yet"), campaign, wanted]);
        return ExitCodes.Done;
    }

    private static async Task<List<string>> ChooseAsync(Workspace workspace, ReadingTenant tenant, InviteArguments arguments, CancellationToken stop)
    {
        List<string> chosen = [];
        ReadinessSurvey survey = new(tenant.Readiness, tenant.Methods, tenant.Changes, workspace.Tenant.Readiness, workspace.Time);
        await survey.RunAsync(live: false, workspace.Tenant.Graph.Cloud == GraphCloud.Global, (person, _) =>
        {
            bool here = arguments.Department is null || string.Equals(arguments.Department, person.Facts.Department, StringComparison.OrdinalIgnoreCase);
            // Disabled people cannot register anything.
            if (here && arguments.Bands.Contains(person.Band) && person.Facts.Enabled == true) chosen.Add(person.Facts.Uid);
            return ValueTask.CompletedTask;
        }, stop);
        return chosen;
    }

    /// <summary>Whom the campaign asks now, and what is wanted there. No policy of the tenant is ever written.</summary>
    private static async Task<(string Now, string Wanted)> CampaignAsync(ReadingTenant tenant, string group, CancellationToken stop)
    {
        const string where = "Entra admin center, Authentication methods, Registration campaign";
        if (!(await tenant.Readiness.ReadPolicyAsync(stop)).TryGet(out TenantPolicy? policy, out _))
            return ("campaign: could not be read; grant Policy.Read.AuthenticationMethod", $"wanted: the campaign targets the group {group} ({where})");
        bool targets = policy.CampaignTargets.Any(id => id.Equals(group, StringComparison.OrdinalIgnoreCase) || id == MethodTargets.AllUsers);
        string asked = policy.CampaignTargets.IsEmpty ? "no one" : string.Join(", ", policy.CampaignTargets);
        string now = $"campaign: {policy.CampaignState ?? "none"}, asks {asked}";
        return (now, targets ? "wanted: nothing; the campaign reaches the group"
            : $"wanted: the campaign targets the group {group}, with passkeys or Microsoft Authenticator ({where})");
    }
}
