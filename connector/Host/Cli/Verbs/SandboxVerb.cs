using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Reports.Commands;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>What <c>sandbox</c> was asked to serve.</summary>
/// <param name="Urls">Where to listen; null: a free port.</param>
/// <param name="Seed">The tenant; null: the embedded one.</param>
/// <param name="Faults">A fault plan; null: none.</param>
/// <param name="Date">The day that it is there; null: today.</param>
internal sealed record SandboxServing(string? Urls, string? Seed, string? Faults, DateOnly? Date);

/// <summary><c>sandbox</c>: the stand-in tenant as a server for rehearsals, <c>sandbox reset</c> and <c>sandbox sample</c>.</summary>
internal sealed class SandboxVerb(CommonOptions options, Messages messages, TimeProvider time, WorkspaceOpening workspaces, ResultLines results)
{
    private const string SampleName = "people.csv";

    public async Task<int> ServeAsync(SandboxServing serving, CancellationToken stop)
    {
        SandboxServer server;
        try
        {
            SandboxOptions asked = await SandboxFiles.OptionsAsync(serving.Seed, serving.Faults, serving.Date, time, stop);
            server = await SandboxServer.StartAsync(asked with { Urls = serving.Urls, Date = serving.Date }, stop);
        }
        catch (SandboxSeedException exception)
        {
            throw new ProvisioningException("sandboxSeed", exception.Message, "Fix the file; connector/Sandbox/README.md describes it.");
        }
        catch (IOException exception)
        {
            throw new ProvisioningException("sandboxAddress",
                $"The sandbox cannot listen: {exception.Message} Choose another address with --urls, or leave it out for a free port.");
        }

        await using (server)
        {
            string address = server.Address.GetLeftPart(UriPartial.Authority);
            await results.WriteAsync(new { kind = "sandbox", formatVersion = "1.0", tenantId = server.Tenant.TenantId, address },
                [$"sandbox tenant {server.Tenant.TenantId} at {address}", "Any Bearer token is accepted. Stop with Ctrl-C."]);
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                messages.Report("sandbox stopped");
            }
        }

        return ExitCodes.Done;
    }

    public async Task<int> ResetAsync(CancellationToken stop)
    {
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        string name = options.Tenant ?? settings.DefaultTenant ?? ConnectorSettings.BuiltInTenant;
        if (!settings.Tenants.TryGetValue(name, out TenantSettings? tenant)) throw new ProvisioningException("unknownTenant",
            $"The configuration has no tenant '{name}'.", Suggestion.Hint(name, settings.Tenants.Keys));
        if (tenant.Kind != TenantKind.Sandbox) throw new ProvisioningException("notASandbox",
            $"The tenant '{name}' is not a sandbox; nothing was touched.", "Choose a sandbox tenant with --tenant.");
        string state = TenantOpening.State(tenant);
        if (File.Exists(state)) File.Delete(state);
        await ForgetAsync(stop);
        await results.WriteAsync(new { kind = "sandboxReset", formatVersion = "1.0", tenant = name },
            [$"sandbox tenant '{name}' was reset to its seed"]);
        return ExitCodes.Done;
    }

    /// <summary>Writes a list of users whom the built-in sandbox has, so that everything can be tried without a list of one's own.</summary>
    public async Task<int> SampleAsync(string file, CancellationToken stop)
    {
        if (File.Exists(file)) throw new ProvisioningException("sampleExists",
            $"'{file}' is there already and was not touched.", "Choose another name with --out.");
        await ResultFile.WriteAsync(file, async output =>
        {
            await using Stream sample = typeof(SandboxVerb).Assembly.GetManifestResourceStream(SampleName)
                ?? throw new InvalidOperationException($"{SampleName} is not embedded.");
            await sample.CopyToAsync(output, stop);
        }, stop);
        await results.WriteAsync(new { kind = "sandboxSample", formatVersion = "1.0", file },
            [$"sample list: {file}", "To see what it would change:", $"  {options.Context.Verb(null, "plan", file)}"]);
        return ExitCodes.Done;
    }

    /// <summary>What was verified of the tenant before is not what it holds now, and no one changed it outside.</summary>
    private async Task ForgetAsync(CancellationToken stop)
    {
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(null, stop);
        await workspace.States.ForgetAsync(tenant.Identity.Id, stop);
    }
}
