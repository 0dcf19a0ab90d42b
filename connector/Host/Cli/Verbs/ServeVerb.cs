using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Audit;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Composition.Logging;
using ProvisioningConnector.Facade;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Telemetry;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>serve [--urls URL]…</c>: the REST facade until a signal; ends with 0, or with
/// 130 when work did not end within 1.5 × <c>DrainWithin</c>.</summary>
internal sealed class ServeVerb(
    CommonOptions options, Invocation invocation, Terminal terminal, TimeProvider time, ServiceNotice notice, ResultLines results)
{
    public async Task<int> RunAsync(ImmutableArray<string> urls, CancellationToken stop)
    {
        ConnectorSettings settings = SettingsFile.Read(options.ConfigFile) with { NewStore = options.NewStore };
        invocation.GoneWithin(WorkInFlight.GoneWithin(settings.Facade.DrainWithin));
        ImmutableArray<Listener> listeners = Listener.ReadAll(urls.IsEmpty ? settings.Facade.Urls : urls, settings.Facade);
        using ILoggerProvider lines = LogProviders.OfService(settings.Logging, terminal.Error, options.Verbose, terminal.ErrorIsTerminal);
        TelemetryTargets? targets = TelemetryTargets.Find(settings.Facade.Telemetry);
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(lines)
            .AddTelemetry(targets, settings.Logging, options.Verbose));
        ILogger<ServeVerb> log = logs.CreateLogger<ServeVerb>();
        await using SharedStore shared = await SharedStore.OpenAsync(settings, time, stop);
        FacadeStart start = new(settings, shared, listeners) { Time = time, Logs = logs, Notice = notice };
        await using FacadeServer server = await FacadeServer.StartAsync(start, stop);
        // It ends first, and sends the last figures.
        using TelemetryExport? telemetry = targets is null ? null : TelemetryExport.Start(targets);
        await AnnounceAsync(start, server, log, stop);
        Report(log, notice.Send(ServiceNotice.Ready));
        await UntilStoppedAsync(settings, log, stop);
        DrainEnd end = await server.StopAsync();
        if (end != DrainEnd.Finished)
        {
            log.LogWarning("Work in flight was not finished within DrainWithin ({DrainWithin}) and was cut. Changes of one user are finished by sending the "
                + "request again; 'provision runs' shows runs that can be resumed",
                settings.Facade.DrainWithin);
        }

        if (end == DrainEnd.Abandoned) log.LogError("Some requests to a tenant did not end within half of DrainWithin more; they were abandoned");
        AuditRecorder audit = new(shared.Store, shared.Trail, shared.Second, settings.Tenants.Values.First(), shared.Digests, invocation.Actor, time);
        Report(log, await audit.ConcludeAsync(CancellationToken.None));
        log.LogInformation("Stopped");
        return end == DrainEnd.Abandoned ? ExitCodes.Interrupted : ExitCodes.Done;
    }

    private async Task UntilStoppedAsync(ConnectorSettings settings, ILogger<ServeVerb> log, CancellationToken stop)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            log.LogInformation("Stopping: no new work is started; requests and users in progress are finished within {DrainWithin}",
                settings.Facade.DrainWithin);
            Report(log, notice.Send(ServiceNotice.Stopping));
        }
    }

    private async Task AnnounceAsync(FacadeStart start, FacadeServer server, ILogger<ServeVerb> log, CancellationToken stop)
    {
        ConnectorSettings settings = start.Settings;
        if (settings.IsBuiltIn) log.LogWarning(
            "No tenant is configured, so this serves the built-in SANDBOX tenant; nothing real is read or changed.");
        bool anyKey = (await start.Shared.Store.ApiKeys.AllAsync(stop)).Any(k => k.IsLive(time.GetUtcNow()));
        if (!anyKey && settings.Facade.Issuers.IsEmpty && settings.Facade.LoopbackAccounts.IsEmpty)
        {
            log.LogWarning("There is no active key, so no one can call yet. Make one with 'provision keys new --name NAME --tenant TENANT'.");
        }

        if (!settings.Facade.LoopbackAccounts.IsEmpty) log.LogWarning("Loopback accounts with all rights are in force; they are for rehearsals.");
        ImmutableArray<string> addresses = server.Addresses;
        log.LogInformation("Serving {Tenants} at {Addresses}", settings.Tenants.Keys.Order(StringComparer.Ordinal), addresses);
        if (server.HealthAddress is { } health) log.LogInformation("Answering health checks at {Address}", health);
        await results.WriteAsync(
            new { kind = "serve", formatVersion = "1.0", addresses, tenants = settings.Tenants.Keys.Order(StringComparer.Ordinal) },
            addresses.Select(a => $"serving {a}/openidm ({string.Join(", ", settings.Tenants.Keys.Order(StringComparer.Ordinal))}); stop with Ctrl-C"));
    }

    private static void Report(ILogger<ServeVerb> log, string? problem)
    {
        if (problem is not null) log.LogWarning("{Problem}", problem);
    }
}
