using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Migration;
using ProvisioningConnector.Composition.Readiness;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Migration.Steps;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>migrate prove</c>, which reads how far invited people are, and <c>migrate status</c>, which repeats what it found. Both only read.</summary>
internal sealed class ProofVerb(CommonOptions options, Messages messages, WorkspaceOpening workspaces, ResultLines results)
{
    private const int NightsShown = 14;

    /// <param name="invitedOn">When people were invited of whom nothing is remembered; null: today, when they are first seen.</param>
    /// <param name="target">A list of the people; null: none.</param>
    /// <param name="stop">Stops.</param>
    public async Task<int> ProveAsync(DateOnly? invitedOn, string? target, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        string group = Group(workspace);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        ProofMemory memory = new(workspace.Store, workspace.Digests, tenant.Identity.Id);
        ProofNights before = await memory.ReadAsync(stop);
        DateTimeOffset? since = invitedOn is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;
        ProofSurvey survey = new(tenant.Readiness, MigrationParts.People(workspace, tenant));
        ImmutableArray<ProvedPerson> people = await survey.RunAsync(
            group, await Invitations.ReadAsync(workspace.Store, tenant.Identity.Id, group, stop), uid => memory.Of(before, uid), since, stop);
        if (survey.SignInProblem is { } problem) messages.Report(
            $"note: sign-ins could not be read, so they prove nothing: {problem.Message} {problem.Advice}".TrimEnd());
        // A group that was deleted looks like an empty one: what is known of people is not forgotten because of that.
        if (people.IsEmpty) messages.Report($"note: the group {group} has no members, or does not exist; what is remembered of people stays.");
        else await memory.WriteAsync(before, people, workspace.Time.GetUtcNow(), stop);
        (await tenant.Readiness.ReadPolicyAsync(stop)).TryGet(out TenantPolicy? policy, out _);
        messages.Report("note: " + InviteCampaign.Note(policy, group).Message);
        await workspace.KeepLearnedAsync(tenant.Learned, stop);
        await new PeopleHistory(workspace, tenant.Identity.Id).PruneAsync(stop);
        if (target is not null)
        {
            await workspace.Audit.ExportedAsync("proofs", target, people.Length, options.Reason, stop);
            await ResultFile.WriteAsync(target, output => ProofCsv.WriteAsync(people, output, stop), stop);
            messages.Report($"list: {target} (personal data, readable by you only)");
        }

        ProofCounts counts = ProofCounts.From(workspace.Time.GetUtcNow(), [.. people.Select(static person => person.Proof)]);
        await ShowAsync("migrationProof", workspace, counts, before.Nights.TakeLast(1), 0);
        return counts.Stalled.IsEmpty ? ExitCodes.Done : ExitCodes.SomeUsersNot;
    }

    /// <summary>From the store only.</summary>
    public async Task<int> StatusAsync(CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        ProofNights book = await new ProofMemory(workspace.Store, workspace.Digests, tenant.Identity.Id).ReadAsync(stop);
        int open = (await workspace.HandOvers.AllAsync(tenant.Identity.Id, stop)).Count(static one => !one.IsProved);
        if (book.Nights.IsEmpty) messages.Report("note: nothing is proved yet of this tenant. Run 'provision migrate prove', and then every night.");
        ProofCounts counts = book.Nights is [.., var last] ? last : ProofCounts.From(workspace.Time.GetUtcNow(), []);
        await ShowAsync("migrationStatus", workspace, counts, book.Nights.SkipLast(1).TakeLast(NightsShown), open);
        return counts.Stalled.IsEmpty && open == 0 ? ExitCodes.Done : ExitCodes.SomeUsersNot;
    }

    private Task ShowAsync(string kind, Workspace workspace, ProofCounts counts, IEnumerable<ProofCounts> earlier, int open)
    {
        ProofCounts[] nights = [.. earlier];
        return results.WriteAsync(
            new
            {
                kind, formatVersion = "1.0", tenant = workspace.Tenant.Name, at = counts.At, invited = counts.Invited, states = Named(counts),
                stalled = counts.Stalled.ToDictionary(static pair => pair.Key.Name(), static pair => pair.Value, StringComparer.Ordinal),
                earlier = nights.Select(static night => new { at = night.At, invited = night.Invited, states = Named(night) }), passesNotProved = open,
            },
            Lines(counts, nights, open));
    }

    private static IEnumerable<string> Lines(ProofCounts counts, ProofCounts[] nights, int open)
    {
        yield return Text($"invited people: {counts.Invited} ({counts.At:yyyy-MM-dd HH:mm} UTC)");
        foreach (ProofState state in Enum.GetValues<ProofState>())
        {
            int before = nights is [.., var last] ? last.States.GetValueOrDefault(state) : counts.States.GetValueOrDefault(state);
            int now = counts.States.GetValueOrDefault(state);
            yield return Text($"  {state.Name(),-16}{now,7}{(now == before ? "" : Text($"  ({now - before:+0;-0} since the night before)"))}");
        }

        foreach ((StallReason reason, int people) in counts.Stalled) yield return Text($"  stalled, {reason.Name()}: {people} ({reason.Advice()})");
        foreach (ProofCounts night in nights)
        {
            yield return Text($"  {night.At:yyyy-MM-dd}: {string.Join(", ", Named(night).Select(static pair => Text($"{pair.Key} {pair.Value}")))}");
        }

        if (open > 0) yield return Text($"{open} passes are not proved to be handed over: provision migrate rescue --resume");
    }

    private static Dictionary<string, int> Named(ProofCounts counts) =>
        Enum.GetValues<ProofState>().ToDictionary(static state => state.Name(), state => counts.States.GetValueOrDefault(state), StringComparer.Ordinal);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The group of invited people.</summary>
    /// <exception cref="ProvisioningException">None is set.</exception>
    internal static string Group(Workspace workspace) => workspace.Tenant.Migration.InviteGroup ?? throw new ProvisioningException("inviteGroupNeeded",
        "The configuration names no group of invited people.", $"Set Tenants:{workspace.Tenant.Name}:Migration:InviteGroup to the object id of the group.");
}
