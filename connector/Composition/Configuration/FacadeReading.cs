using System.Collections.Immutable;
using System.Net;
using ProvisioningConnector.Engine.Evidence.Access;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads the section <c>Facade</c>.</summary>
internal static class FacadeReading
{
    /// <param name="all">The whole configuration.</param>
    /// <param name="tenants">All tenants, the built-in one included.</param>
    /// <param name="sources">Names of all sources.</param>
    public static FacadeSettings Read(SettingsSection all, ImmutableDictionary<string, TenantSettings> tenants, IEnumerable<string> sources)
    {
        FacadeSettings standard = new();
        string[] known = [.. tenants.Keys];
        SettingsSection section = all.Section("Facade", "the service of `provision serve`: [facade.md](facade.md)");
        ImmutableArray<string> urls = section.List("Urls", "where to listen: scheme, literal address (or `localhost`, `*`) and port. Plain http only on "
            + "loopback, or with `KnownProxies`", $"`ASPNETCORE_URLS`, else `{FacadeSettings.StandardUrls}`");
        if (urls.IsEmpty) urls = HostUrls();
        FacadeSettings facade = new()
        {
            Urls = urls.IsEmpty ? standard.Urls : urls,
            HealthUrl = section.Word("HealthUrl", "where `/health/live` and `/health/ready` are served apart from everything else, such as "
                + "`http://10.0.0.7:8081`: [connections](facade.md#connections)"),
            LoopbackAccounts = section.Texts("LoopbackAccounts", "names and passwords with all rights, such as `{\"openidm-admin\": \"openidm-admin\"}`, "
                + "rehearsals only: [loopback accounts](facade.md#loopback-accounts)").ToImmutableDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
            LoopbackAccountsForRealTenants = section.Switch("LoopbackAccountsForRealTenants", standard.LoopbackAccountsForRealTenants,
                "allow them although a tenant is no sandbox; nothing on this machine may pass requests on"),
            PhoneSpelling = section.Choice("PhoneSpelling", standard.PhoneSpelling, "how numbers are read back"),
            Strict = section.Switch("Strict", standard.Strict,
                "PUT as a real PingIDM answers it: `If-None-Match: *` and no precondition at all are 404 instead of updates"),
            ReplyWithin = section.Duration("ReplyWithin", standard.ReplyWithin,
                "then 503 with `Retry-After`; the work goes on, a repeat is safe. Shorter than `RequestTimeout`", SettingRange.UpToAnHour),
            Mappings = Mappings(section, known, [.. sources]),
            AllowedHosts = section.List("AllowedHosts", "names by which clients may call; needed with `*`",
                "the addresses listened to, `localhost` on loopback"),
            KnownProxies = Networks(section, "KnownProxies", "addresses or networks of proxies whose `X-Forwarded-For` and `-Proto` are believed"),
            Certificate = Certificate(section),
            MaxBody = section.Count("MaxBody", standard.MaxBody, "bytes of a request's body", SettingRange.AtLeastOne),
            MaxUrl = section.Count("MaxUrl", standard.MaxUrl, "characters of path and query", SettingRange.AtLeastOne),
            MaxConnections = section.Count("MaxConnections", standard.MaxConnections, "connections at once", SettingRange.AtLeastOne),
            MaxConnectionsPerAddress = section.Count("MaxConnectionsPerAddress", standard.MaxConnectionsPerAddress,
                "of one address (IPv6: /64), known proxies exempt", SettingRange.AtLeastOne),
            RequestTimeout = section.Duration("RequestTimeout", standard.RequestTimeout, "of one request", SettingRange.UpToAnHour),
            DrainWithin = section.Duration("DrainWithin", standard.DrainWithin, "to finish, after a signal, requests and users that have begun",
                SettingRange.UpToAnHour),
            MaxWaiting = MaxWaiting(section, standard.MaxWaiting),
            MaxReconciliations = MaxReconciliations(section, standard.MaxReconciliations),
            PlansPerUser = section.Count("PlansPerUser", standard.PlansPerUser, "plans of one user within an hour, of a caller without `readFull`; then 429, "
                + "code `tooManyPlans`: [rights](facade.md#rights)", SettingRange.AtLeastOne),
            RateLimit = RateLimit(section, standard.RateLimit),
            Issuers = IssuerReading.Read(section, known),
            Telemetry = Telemetry(section),
        };
        Check(section, facade, tenants);
        if (facade.ReplyWithin >= facade.RequestTimeout) section.Bad("ReplyWithin",
            $"It is {facade.ReplyWithin} and must be shorter than RequestTimeout ({facade.RequestTimeout}).");
        if (!tenants.Values.All(static tenant => tenant.IsLoopback))
        {
            section.Below("Certificate").NoSecretInFile("Password");
            section.Below("Telemetry").NoSecretInFile("Headers");
            section.Below("Telemetry").NoSecretInFile("AzureMonitor");
            foreach (string account in facade.LoopbackAccounts.Keys) section.NoSecretInFile($"LoopbackAccounts:{account}", hasFileForm: false);
        }

        section.NoOthers();
        return facade;
    }

    /// <summary>Where a host or a container image lets ASP.NET Core listen; it counts below <c>Facade:Urls</c>.</summary>
    private static ImmutableArray<string> HostUrls() =>
        [.. (Environment.GetEnvironmentVariable("ASPNETCORE_URLS") ?? string.Empty)
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Whether accounts for callers on this machine are safe: a proxy on this machine makes all callers look like such.</summary>
    private static void Check(SettingsSection section, FacadeSettings facade, ImmutableDictionary<string, TenantSettings> tenants)
    {
        const string Key = "LoopbackAccounts";
        if (facade.LoopbackAccounts.IsEmpty) return;
        foreach ((string name, string password) in facade.LoopbackAccounts)
        {
            if (password.Length == 0) section.Bad(Key, $"The account '{name}' has no password.");
        }

        if (!facade.KnownProxies.IsEmpty) section.Bad(Key, "They cannot be used together with KnownProxies: behind a proxy, callers from elsewhere look like "
            + "callers on this machine. Use keys (provision keys new).");
        string[] real = [.. tenants.Where(t => !t.Value.IsLoopback).Select(t => t.Key).Order(StringComparer.Ordinal)];
        if (real.Length > 0 && !facade.LoopbackAccountsForRealTenants) section.Bad(Key,
            $"They are for rehearsals, and {string.Join(", ", real.Select(t => $"'{t}'"))} is no sandbox. A proxy on this machine would let everybody use "
            + "them. Use keys (provision keys new), or, if nothing on this machine passes requests on, set LoopbackAccountsForRealTenants to true.");
    }

    private static ImmutableDictionary<string, MappingSettings> Mappings(SettingsSection facade, string[] tenants, string[] sources) =>
        facade.Named("Mappings", "a reconciliation that can be started by name")
            .ToImmutableDictionary(m => m.Name, m => Mapping(m.Section, tenants, sources), StringComparer.Ordinal);

    private static MappingSettings Mapping(SettingsSection section, string[] tenants, string[] sources)
    {
        MappingSettings mapping = new(Name(section, "Source", sources, "a name under `Sources`"), Name(section, "Tenant", tenants, "a name under `Tenants`"),
            section.Switch("Incremental", false, "reads only who may have changed, as `apply --incremental`"));
        section.NoOthers();
        return mapping;
    }

    private static string Name(SettingsSection section, string key, string[] right, string meaning)
    {
        string name = section.TextOr(key, string.Empty, meaning);
        if (!right.Contains(name, StringComparer.OrdinalIgnoreCase)) section.Bad(key,
            $"There is no {key.ToLowerInvariant()} '{name}'. {Suggestion.Hint(name, right)}");
        return name;
    }

    private static ImmutableArray<IPNetwork> Networks(SettingsSection section, string key, string meaning)
    {
        ImmutableArray<IPNetwork>.Builder networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (string text in section.List(key, meaning))
        {
            if (ApiKey.TryReadNetwork(text, out IPNetwork network)) networks.Add(network);
            else section.Bad(key, $"'{text}' is not an IP address or network. Write 10.0.0.7 or 10.0.0.0/24.");
        }

        return networks.ToImmutable();
    }

    private static CertificateSettings? Certificate(SettingsSection facade)
    {
        bool wanted = facade.Exists("Certificate");
        SettingsSection section = facade.Section("Certificate", "for https", orNull: true);
        string? path = section.File("Path", "PFX file, or PEM certificate");
        CertificateSettings certificate = new(path ?? string.Empty, section.File("KeyPath", "PEM key of a PEM certificate"),
            section.Secret("Password", "of the PFX file or the key"));
        section.NoOthers();
        if (!wanted) return null;
        if (path is null) section.Bad("Path", "A certificate needs the Path of a PFX file, or of a PEM file with KeyPath.");
        return certificate;
    }

    private static MaxWaitingSettings MaxWaiting(SettingsSection facade, MaxWaitingSettings standard)
    {
        SettingsSection section = facade.Section("MaxWaiting", "requests that are accepted and have not begun; then 503 at once, code `tooMuchWaiting`, "
            + "`Retry-After` the time until the oldest must have its answer");
        MaxWaitingSettings most = new(section.Count("PerTenant", standard.PerTenant, "about one tenant", SettingRange.AtLeastOne),
            section.Count("PerCaller", standard.PerCaller, "of one caller", SettingRange.AtLeastOne));
        section.NoOthers();
        return most;
    }

    private static MaxReconciliationsSettings MaxReconciliations(SettingsSection facade, MaxReconciliationsSettings standard)
    {
        SettingsSection section = facade.Section("MaxReconciliations",
            "reconciliations under way at once; analyses and runs are counted apart; then 503, code `tooManyReconciliations`");
        MaxReconciliationsSettings most = new(section.Count("PerTenant", standard.PerTenant, "of one tenant", SettingRange.AtLeastOne),
            section.Count("PerCaller", standard.PerCaller, "of one caller in one tenant", SettingRange.AtLeastOne));
        section.NoOthers();
        return most;
    }

    private static RateLimitSettings RateLimit(SettingsSection facade, RateLimitSettings standard)
    {
        SettingsSection section = facade.Section("RateLimit", "requests of one caller; then 429");
        RateLimitSettings limit = new(section.Count("PerSecond", standard.PerSecond, "on the long run", SettingRange.AtLeastOne),
            section.Count("Burst", standard.Burst, "at once after a pause", SettingRange.AtLeastOne));
        section.NoOthers();
        return limit;
    }

    private static TelemetrySettings Telemetry(SettingsSection facade)
    {
        SettingsSection section = facade.Section("Telemetry",
            "metrics, traces and logs for an OTLP collector or Azure Monitor: [what is sent](facade.md#figures-and-spans). Without `Endpoint` "
            + "OpenTelemetry's variables count: `OTEL_EXPORTER_OTLP_ENDPOINT`, `_PROTOCOL`, `_HEADERS`; with both, `OTEL_SERVICE_NAME` and "
            + "`OTEL_RESOURCE_ATTRIBUTES`; `OTEL_SDK_DISABLED=true` switches it off", orNull: true);
        TelemetryProtocol protocol = section.Choice("Protocol", TelemetryProtocol.Grpc, "how to reach the collector");
        string? headers = section.Secret("Headers", "`name=value,…` for the collector");
        TimeSpan interval = section.Duration("Interval", TimeSpan.FromSeconds(30), "between two sendings of metrics", SettingRange.UpToAnHour);
        Uri? endpoint = section.Address("Endpoint", "the collector, such as `http://127.0.0.1:4317`", "`OTEL_EXPORTER_OTLP_ENDPOINT`, else none");
        string? azure = section.Secret("AzureMonitor",
            "connection string of an Application Insights resource; without it the variable `APPLICATIONINSIGHTS_CONNECTION_STRING` counts");
        section.NoOthers();
        return new TelemetrySettings(endpoint, protocol, headers, interval, azure);
    }
}
