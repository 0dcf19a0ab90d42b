using System.Collections.Immutable;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Facade;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Telemetry;
using Serilog.Core;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>serve [--urls URL]…</c>: the REST facade until a signal; ends with 0, or with
/// 130 when work did not end within 1.5 × <c>DrainWithin</c>.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(VerbContext context, ImmutableArray<string> urls)
    {
        ConnectorSettings settings = SettingsFile.Read(context.Options.ConfigFile) with { NewStore = context.Options.NewStore };
        context.GoneWithin(WorkInFlight.GoneWithin(settings.Facade.DrainWithin));
        ImmutableArray<Listener> listeners = Listener.ReadAll(urls.IsEmpty ? settings.Facade.Urls : urls, settings.Facade);
        using Logger log = ServeLog.Open(settings.Logging, context.Terminal.Error, context.Options.Verbose);
        ServiceNotice notice = ServiceNotice.OfEnvironment();
        await using FacadeServices services = await FacadeServices.OpenAsync(settings, context.Time, log, context.Stop);
        using TelemetryExport? telemetry = settings.Facade.Telemetry is { } collector ? TelemetryExport.Start(collector) : null;
        await using FacadeServer server = await FacadeServer.StartAsync(services, listeners, FacadeEndpoints.Map, context.Stop);
        await AnnounceAsync(context, services, server);
        Report(services, notice.Send(ServiceNotice.Ready));
        using (CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(context.Stop))
        {
            await Task.WhenAll(notice.BeatAsync(context.Time, ending.Token), LastRuns.WatchAsync(services, ending.Token),
                Settling.WatchAsync(services, ending.Token), UntilStoppedAsync(context, notice, services));
        }

        DrainEnd end = await server.StopAsync();
        if (end != DrainEnd.Finished)
        {
            log.Warning("Work in flight was not finished within DrainWithin ({DrainWithin}) and was cut. Changes of one user are finished by sending the "
                + "request again; 'provision runs' shows runs that can be resumed",
                settings.Facade.DrainWithin);
        }

        if (end == DrainEnd.Abandoned) log.Error("Some requests to a tenant were still on their way half as long after that; they were left behind");
        AuditRecorder audit = new(services.Shared.Store, services.Shared.Trail, services.Shared.Second, settings.Tenants.Values.First(),
            services.Shared.Digests, context.Actor, context.Time);
        Report(services, await audit.ConcludeAsync(CancellationToken.None));
        log.Information("Stopped");
        return end == DrainEnd.Abandoned ? ExitCodes.Interrupted : ExitCodes.Done;
    }

    private static async Task UntilStoppedAsync(VerbContext context, ServiceNotice notice, FacadeServices services)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, context.Stop);
        }
        catch (OperationCanceledException) when (context.Stop.IsCancellationRequested)
        {
            services.Log.Information("Stopping: nothing new begins; requests and users that have begun are finished within {DrainWithin}",
                services.Settings.Facade.DrainWithin);
            Report(services, notice.Send(ServiceNotice.Stopping));
        }
    }

    private static async Task AnnounceAsync(VerbContext context, FacadeServices services, FacadeServer server)
    {
        ConnectorSettings settings = services.Settings;
        if (settings.IsBuiltIn) services.Log.Warning("No tenant is configured, so this serves the built-in SANDBOX tenant; nothing real is read or changed.");
        bool anyKey = (await services.Shared.Store.ApiKeys.AllAsync(context.Stop)).Any(k => k.IsLive(context.Time.GetUtcNow()));
        if (!anyKey && settings.Facade.Jwt is null && settings.Facade.LoopbackAccounts.IsEmpty)
        {
            services.Log.Warning("No one can call yet: there is no live key. Make one with 'provision keys new --name NAME --tenant TENANT'.");
        }

        if (!settings.Facade.LoopbackAccounts.IsEmpty) services.Log.Warning("Loopback accounts with all rights are in force; they are for rehearsals.");
        ImmutableArray<string> addresses = server.Addresses;
        services.Log.Information("Serving {Tenants} at {Addresses}", settings.Tenants.Keys.Order(StringComparer.Ordinal), addresses);
        await ResultLines.WriteAsync(context,
            new { kind = "serve", formatVersion = "1.0", addresses, tenants = settings.Tenants.Keys.Order(StringComparer.Ordinal) },
            addresses.Select(a => $"serving {a}/openidm ({string.Join(", ", settings.Tenants.Keys.Order(StringComparer.Ordinal))}); stop with Ctrl-C"));
    }

    private static void Report(FacadeServices services, string? problem)
    {
        if (problem is not null) services.Log.Warning("{Problem}", problem);
    }
}
