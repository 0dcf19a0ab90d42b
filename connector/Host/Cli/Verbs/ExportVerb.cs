using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Writing;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>export --out FILE --reveal [--authoritative]</c>: the tenant's current methods in source format.</summary>
internal sealed class ExportVerb(CommonOptions options, Messages messages, WorkspaceOpening workspaces, ResultLines results)
{
    public async Task<int> RunAsync(string target, bool authoritative, CancellationToken stop)
    {
        if (!options.Reveal) throw new ProvisioningException("revealNeeded", "An export holds full phone numbers and addresses.",
            "Confirm with --reveal; only you will be able to read the file.");
        SourceFormat format = ExportOutput.FormatOf(target);
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        await workspace.Audit.RevealsAsync($"export {target}", options.Reason, stop);
        long users = 0;
        List<string> notRead = [];
        await ResultFile.WriteAsync(target, async stream =>
        {
            await using IRowOutput output = ExportOutput.Open(format, stream);
            SourceWriter writer = await SourceWriter.CreateAsync(output, authoritative, stop);
            await foreach (ImmutableArray<DirectoryUser> page in tenant.Directory.PagesAsync(stop))
            {
                foreach (DirectoryUser[] batch in page.Chunk(IMethodsReader.MaxUsers))
                {
                    ImmutableArray<MethodsReading> readings = await tenant.Methods.ReadAsync([.. batch.Select(u => new UserRead(u.Uid))], stop);
                    for (int i = 0; i < batch.Length; i++)
                    {
                        if (readings[i] is MethodsReading.Complete complete)
                        {
                            await writer.WriteAsync(batch[i].PrincipalName ?? batch[i].Uid, complete.Methods, stop);
                            users++;
                        }
                        else
                        {
                            notRead.Add(batch[i].PrincipalName ?? batch[i].Uid);
                        }
                    }
                }
            }
        }, stop);
        await workspace.Audit.ExportedAsync("methods of the tenant", target, users, options.Reason, stop);
        messages.Report($"{Quantity.Of(users, "user")} exported to {target}");
        if (options.Format == OutputFormat.Json) await results.WriteAsync(
            new { kind = "export", formatVersion = "1.0", file = target, users, notRead }, []);
        foreach (string name in notRead.Take(20)) messages.Report($"not read, not exported: {name}");
        if (notRead.Count > 20) messages.Report($"… and {Quantity.Of(notRead.Count - 20)} more");
        return notRead.Count == 0 ? ExitCodes.Done : ExitCodes.SomeUsersNot;
    }
}
