using System.Collections.Immutable;
using System.Net;
using ProvisioningConnector.Icf.Attributes;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>How telemetry leaves.</summary>
internal enum TelemetryProtocol
{
    Grpc,
    HttpProtobuf,
}

/// <summary>The section <c>Facade</c>: what <c>serve</c> listens to and whom it lets in (docs/configuration.md#facade).</summary>
internal sealed record FacadeSettings
{
    public const string StandardUrls = "http://127.0.0.1:8080";

    /// <summary>Where to listen: scheme, literal address (or <c>localhost</c>, <c>*</c>) and port.</summary>
    public ImmutableArray<string> Urls { get; init; } = [StandardUrls];

    /// <summary>Names and passwords for rehearsals on this machine; all rights.</summary>
    public ImmutableDictionary<string, string> LoopbackAccounts { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The accounts are wanted although a tenant is no rehearsal.</summary>
    public bool LoopbackAccountsForRealTenants { get; init; }

    public PhoneSpelling PhoneSpelling { get; init; }

    /// <summary>PUT as the real server answers it (docs/openidm.md#put): <c>If-None-Match: *</c> and no precondition at all are 404.</summary>
    public bool Strict { get; init; }

    /// <summary>After this a slow request is answered with 503; its work goes on.</summary>
    public TimeSpan ReplyWithin { get; init; } = TimeSpan.FromSeconds(10);

    public ImmutableDictionary<string, MappingSettings> Mappings { get; init; } = ImmutableDictionary<string, MappingSettings>.Empty;

    /// <summary>Host names, beside the literal addresses listened to, by which clients may call; without port.</summary>
    public ImmutableArray<string> AllowedHosts { get; init; } = [];

    /// <summary>Proxies whose forwarding headers are believed.</summary>
    public ImmutableArray<IPNetwork> KnownProxies { get; init; } = [];

    /// <summary>For https; null: none.</summary>
    public CertificateSettings? Certificate { get; init; }

    /// <summary>Most bytes of a request's body.</summary>
    public int MaxBody { get; init; } = 1024 * 1024;

    /// <summary>Most bytes of path and query.</summary>
    public int MaxUrl { get; init; } = 16 * 1024;

    /// <summary>Where <c>/health/live</c> and <c>/health/ready</c> are served apart from everything else, without credentials; null: beside it only.</summary>
    public string? HealthUrl { get; init; }

    /// <summary>Most connections at once, of everybody together.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Most connections at once of one address (IPv6: of one /64); known proxies are exempt.</summary>
    public int MaxConnectionsPerAddress { get; init; } = 200;

    /// <summary>After this a request is given up.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long work in flight may take after a signal to stop.</summary>
    public TimeSpan DrainWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much work that is accepted may wait to begin; beyond it 503.</summary>
    public MaxWaitingSettings MaxWaiting { get; init; } = new(1000, 500);

    /// <summary>Plans of one user within an hour, of a caller without the right <c>readFull</c>.</summary>
    public int PlansPerUser { get; init; } = 10;

    /// <summary>Reconciliations under way at once.</summary>
    public MaxReconciliationsSettings MaxReconciliations { get; init; } = new(4, 2);

    public RateLimitSettings RateLimit { get; init; } = new(5000, 10000);

    /// <summary>Issuers whose bearer tokens count: that of <c>Jwt</c>, or those of <c>Issuers</c>.</summary>
    public ImmutableArray<JwtSettings> Issuers { get; init; } = [];

    public TelemetrySettings Telemetry { get; init; } = new();
}

/// <summary>A mapping: what is reconciled with what.</summary>
/// <param name="Source">A name under <c>Sources</c>.</param>
/// <param name="Tenant">A name under <c>Tenants</c>.</param>
/// <param name="Incremental">Read only who may have changed, as <c>apply --incremental</c> does.</param>
internal sealed record MappingSettings(string Source, string Tenant, bool Incremental = false);

/// <summary>A PFX file, or a PEM certificate and its key.</summary>
internal sealed record CertificateSettings(string Path, string? KeyPath, string? Password);

/// <summary>Requests per second and key, and how many at once after a pause.</summary>
internal sealed record RateLimitSettings(int PerSecond, int Burst);

/// <summary>Requests that are accepted and have not begun.</summary>
/// <param name="PerTenant">About one tenant.</param>
/// <param name="PerCaller">Of one caller.</param>
internal sealed record MaxWaitingSettings(int PerTenant, int PerCaller);

/// <summary>Reconciliations under way at once; analyses and runs are counted apart.</summary>
/// <param name="PerTenant">Of one tenant.</param>
/// <param name="PerCaller">Of one caller in one tenant.</param>
internal sealed record MaxReconciliationsSettings(int PerTenant, int PerCaller);

/// <summary>Where metrics, traces and logs go.</summary>
/// <param name="Endpoint">A collector (OTLP); null: the one that OpenTelemetry's variables name.</param>
/// <param name="Protocol">How to reach it.</param>
/// <param name="Headers">For the collector.</param>
/// <param name="Interval">Between two sendings of metrics to the collector.</param>
/// <param name="AzureMonitor">Connection string of an Application Insights resource; null: the one that its variable holds.</param>
internal sealed record TelemetrySettings(
    Uri? Endpoint = null, TelemetryProtocol Protocol = default, string? Headers = null, TimeSpan Interval = default, string? AzureMonitor = null);
