using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Readiness;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary>What <c>readiness</c> was asked for.</summary>
/// <param name="Tenants"><c>all</c> or a label; null: one tenant.</param>
/// <param name="Live">Whether everybody is read live.</param>
/// <param name="Out">A file with people, in the form that its ending names; null: none.</param>
/// <param name="Comms">A folder for lists of recipients; null: none.</param>
/// <param name="Since">An earlier run or a date; null: the last run.</param>
/// <param name="Source">An authoritative list to compare numbers with; null: none.</param>
internal sealed record ReadinessArguments(string? Tenants, bool Live, string? Out, string? Comms, string? Since, SourceArguments? Source);

/// <summary>
/// <c>readiness</c>: who is affected when Microsoft's SMS and voice end. Reads only. Several tenants are read one after another; one that fails
/// fails no other.
/// </summary>
internal sealed class ReadinessVerb(
    CommonOptions options, Invocation invocation, Messages messages, TimeProvider time, IGraphTrace trace, CommandSources sources, ReadinessOutput output)
{
    /// <summary>How many days after the first date, or today where that is later, files with people may be kept.</summary>
    private const int KeptDays = 90;

    private const string All = "all";

    public async Task<int> RunAsync(ReadinessArguments arguments, CancellationToken stop)
    {
        ImmutableArray<string> files = arguments.Out is { } target ? [.. options.Reports, target] : options.Reports;
        ImmutableArray<string> targets = arguments.Comms is { } folder ? files.Add(folder) : files;
        output.Check(files);
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile);
        ImmutableArray<TenantSettings> tenants = Choose(settings, options.Tenant, arguments.Tenants);
        if (settings.IsBuiltIn) messages.Report("note: no tenant is configured, so this is the built-in SANDBOX tenant; nothing real is read or changed.");
        if (arguments.Live) messages.Report("note: Microsoft asks not to read all users' methods one by one; the default reads the registration report "
            + "instead.");
        // Of several tenants, which may be there on several days, the run is dated by the day that it is.
        TimeProvider clock = tenants is [var only] ? RehearsalClock.For(only, time) : time;
        SurveyOrder order = new(
            Identity.NewId('a', clock.GetUtcNow()), arguments.Live, SinceRun.Parse(arguments.Since), arguments.Source, sources.Use);
        await using SharedStore store = await SharedStore.OpenAsync(settings, time, stop);
        List<PeopleSpool> spools = [];
        try
        {
            ImmutableArray<TenantReadiness>.Builder found = ImmutableArray.CreateBuilder<TenantReadiness>();
            foreach (TenantSettings tenant in tenants)
            {
                spools.Add(new PeopleSpool());
                await using Workspace workspace = Workspace.Within(settings, tenant, store, invocation.Actor, time, trace);
                TenantReadiness read = await new TenantSurvey(workspace, order).RunAsync(spools[^1], stop);
                await spools[^1].CompleteAsync(stop);
                found.Add(read);
                if (tenants.Length > 1)
                {
                    messages.Report(read.Error is { } error ? $"{tenant.Name}: not read: {error.Message}" : $"{tenant.Name}: {read.Total} people");
                }

                foreach (string file in read.WasRead ? targets : [])
                {
                    await workspace.Audit.ExportedAsync("readiness", file, read.Total, options.Reason, stop);
                }
            }

            DateOnly today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
            DateOnly keepUntil = tenants.Select(static tenant => tenant.Readiness.Dates.Members).Append(today).Max().AddDays(KeptDays);
            ReadinessReport report = new(found.ToImmutable(), keepUntil,
                (i, token) => found[i].WasRead ? spools[i].ReadAsync(token) : AsyncEnumerable.Empty<PersonEntry>());
            bool written = await output.WriteAsync(report, files, arguments.Comms, stop);
            return written ? ExitCode(report.Tenants, options.DetailedExitCode) : ExitCodes.Error;
        }
        finally
        {
            foreach (PeopleSpool spool in spools) await spool.DisposeAsync();
        }
    }

    /// <summary>1 a tenant was not read; 2 worse than last time, where asked for; 4 people in B0 to B3, or people of whom nothing is known; else 0.</summary>
    private static int ExitCode(ImmutableArray<TenantReadiness> tenants, bool detailed)
    {
        if (tenants.Any(static tenant => !tenant.WasRead)) return ExitCodes.Error;
        if (detailed && tenants.Any(static tenant => tenant.Change is { Worse: true })) return ExitCodes.Changes;
        bool anyone = tenants.Any(static tenant => tenant.Affected > 0 || tenant.Bands.Any(static band => band is { Band: "?", People: > 0 }));
        return anyone ? ExitCodes.SomeUsersNot : ExitCodes.Done;
    }

    private static ImmutableArray<TenantSettings> Choose(ConnectorSettings settings, string? one, string? several)
    {
        if (several is null) return [WorkspaceOpening.Choose(settings, one)];
        if (one is not null) throw new ProvisioningException("usage", "--tenant and --tenants exclude each other.", "Use one of them.");
        ImmutableArray<TenantSettings> chosen = [.. settings.Tenants.Values.Where(tenant => several.Equals(All, StringComparison.OrdinalIgnoreCase)
            || tenant.Labels.Contains(several, StringComparer.OrdinalIgnoreCase)).OrderBy(static tenant => tenant.Name, StringComparer.Ordinal)];
        return chosen.IsEmpty
            ? throw new ProvisioningException("unknownLabel", $"No tenant has the label '{several}'.",
                Suggestion.Hint(several, settings.Tenants.Values.SelectMany(static tenant => tenant.Labels).Append(All)
                    .Distinct(StringComparer.OrdinalIgnoreCase)))
            : chosen;
    }
}
