using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Readiness;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>
/// <c>doctor --probe</c>: asks the tenant what is not certain of it, and writes questions and shapes of answers to a file. Reads only. The store remembers that
/// this version asked, which steps of <c>migrate</c> need before they write (docs/retirement.md#ask-the-tenant-first).
/// </summary>
internal sealed class ProbeVerb(CommonOptions options, Messages messages, WorkspaceOpening workspaces, DoctorOutput output)
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true };

    /// <param name="file">Where the answers go; replaced where it exists.</param>
    /// <param name="stop">Stops; nothing is remembered then.</param>
    public async Task<int> RunAsync(string file, CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        await tenant.AuthenticateAsync(stop);
        ImmutableArray<ProbeAnswer>.Builder answers = ImmutableArray.CreateBuilder<ProbeAnswer>();
        await foreach (ProbeAnswer answer in tenant.Probe.AskAsync(workspace.Tenant.Migration.InviteGroup, stop))
        {
            answers.Add(answer);
            await output.AddAsync(new DoctorCheck(answer.Name, answer.Why is null ? "ok" : "warning", answer.Why ?? answer.Fact));
        }

        if (answers.All(static answer => answer.Why is not null)) throw new ProvisioningException("probeUnanswered",
            "The tenant answered none of the questions, so nothing is written and nothing is remembered.",
            "Check credential and permissions: provision doctor");
        DateTimeOffset now = workspace.Time.GetUtcNow();
        byte[] document = JsonSerializer.SerializeToUtf8Bytes(Document(tenant, answers.ToImmutable(), now), Layout);
        await workspace.Audit.ExportedAsync("probe", file, answers.Count, options.Reason, stop);
        await ResultFile.WriteAsync(file, async content => await content.WriteAsync(document, stop), stop);
        await workspace.Probes.KeepAsync(new KnownProbe(tenant.Identity.Id, Identity.ToolVersion, now), stop);
        await workspace.KeepLearnedAsync(tenant.Learned, stop);
        messages.Report($"probe: {file} (no ids, names, addresses or numbers of people; readable by you only)");
        await output.EndAsync();
        return ExitCodes.Done;
    }

    private static JsonObject Document(ReadingTenant tenant, ImmutableArray<ProbeAnswer> answers, DateTimeOffset at) => new()
    {
        ["kind"] = "probe", ["formatVersion"] = "1.0", ["toolVersion"] = Identity.ToolVersion, ["at"] = at,
        ["tenant"] = new JsonObject
        {
            ["name"] = tenant.Identity.Name, ["id"] = tenant.Identity.Id, ["cloud"] = tenant.Identity.Cloud, ["isSandbox"] = tenant.Identity.IsSandbox,
        },
        ["answers"] = new JsonArray([.. answers.Select(static answer => (JsonNode)new JsonObject
        {
            ["name"] = answer.Name, ["fact"] = answer.Fact, ["request"] = answer.Request, ["status"] = answer.Status, ["code"] = answer.Code,
            ["why"] = answer.Why, ["shape"] = answer.Shape?.DeepClone(),
        })]),
    };
}
