using System.Collections.Immutable;
using System.Net;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads the section <c>Facade</c>.</summary>
internal static class FacadeReading
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromHours(1);

    /// <param name="section">The section.</param>
    /// <param name="tenants">All tenants, the built-in one included.</param>
    /// <param name="sources">Names of all sources.</param>
    public static FacadeSettings Read(SettingsSection section, ImmutableDictionary<string, TenantSettings> tenants, IEnumerable<string> sources)
    {
        FacadeSettings standard = new();
        string[] known = [.. tenants.Keys];
        ImmutableArray<string> urls = section.List("Urls");
        if (urls.IsEmpty) urls = HostUrls();
        FacadeSettings facade = new()
        {
            Urls = urls.IsEmpty ? standard.Urls : urls,
            LoopbackAccounts = section.Texts("LoopbackAccounts").ToImmutableDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
            LoopbackAccountsForRealTenants = section.Switch("LoopbackAccountsForRealTenants", standard.LoopbackAccountsForRealTenants),
            PhoneSpelling = section.Choice("PhoneSpelling", standard.PhoneSpelling),
            Strict = section.Switch("Strict", standard.Strict),
            ReplyWithin = Patience(section, "ReplyWithin", standard.ReplyWithin),
            Mappings = Mappings(section.Section("Mappings"), known, [.. sources]),
            AllowedHosts = section.List("AllowedHosts"),
            KnownProxies = Networks(section, "KnownProxies"),
            Certificate = Certificate(section),
            MaxBody = AtLeastOne(section, "MaxBody", standard.MaxBody),
            MaxUrl = AtLeastOne(section, "MaxUrl", standard.MaxUrl),
            HealthUrl = section.Word("HealthUrl"),
            MaxConnections = AtLeastOne(section, "MaxConnections", standard.MaxConnections),
            MaxConnectionsPerAddress = AtLeastOne(section, "MaxConnectionsPerAddress", standard.MaxConnectionsPerAddress),
            RequestTimeout = Patience(section, "RequestTimeout", standard.RequestTimeout),
            DrainWithin = Patience(section, "DrainWithin", standard.DrainWithin),
            MaxWaiting = MaxWaiting(section.Section("MaxWaiting"), standard.MaxWaiting),
            PlansPerUser = AtLeastOne(section, "PlansPerUser", standard.PlansPerUser),
            MaxReconciliations = MaxReconciliations(section.Section("MaxReconciliations"), standard.MaxReconciliations),
            RateLimit = RateLimit(section.Section("RateLimit"), standard.RateLimit),
            Jwt = Jwt(section, known),
            Telemetry = Telemetry(section),
        };
        Check(section, facade, tenants);
        if (facade.ReplyWithin >= facade.RequestTimeout) section.Bad("ReplyWithin",
            $"It is {facade.ReplyWithin} and must be shorter than RequestTimeout ({facade.RequestTimeout}).");
        if (!tenants.Values.All(static tenant => tenant.IsLoopback))
        {
            section.Section("Certificate", orNull: true).NoSecretInFile("Password");
            section.Section("Telemetry", orNull: true).NoSecretInFile("Headers");
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

    private static ImmutableDictionary<string, MappingSettings> Mappings(SettingsSection section, string[] tenants, string[] sources) =>
        section.Named().ToImmutableDictionary(m => m.Name, m => Mapping(m.Section, tenants, sources), StringComparer.Ordinal);

    private static MappingSettings Mapping(SettingsSection section, string[] tenants, string[] sources)
    {
        MappingSettings mapping = new(Name(section, "Source", sources), Name(section, "Tenant", tenants), section.Switch("Incremental", false));
        section.NoOthers();
        return mapping;
    }

    private static string Name(SettingsSection section, string key, string[] right)
    {
        string name = section.Text(key, string.Empty);
        if (!right.Contains(name, StringComparer.OrdinalIgnoreCase)) section.Bad(key,
            $"There is no {key.ToLowerInvariant()} '{name}'. {Suggestion.Hint(name, right)}");
        return name;
    }

    private static ImmutableArray<IPNetwork> Networks(SettingsSection section, string key)
    {
        ImmutableArray<IPNetwork>.Builder networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (string text in section.List(key))
        {
            if (ApiKey.TryReadNetwork(text, out IPNetwork network)) networks.Add(network);
            else section.Bad(key, $"'{text}' is not an IP address or network. Write 10.0.0.7 or 10.0.0.0/24.");
        }

        return networks.ToImmutable();
    }

    private static CertificateSettings? Certificate(SettingsSection facade)
    {
        if (!facade.Exists("Certificate")) return Asked(facade.Section("Certificate", orNull: true), "Path", "KeyPath", "Password", "PasswordFile");
        SettingsSection section = facade.Section("Certificate", orNull: true);
        string? path = section.File("Path");
        CertificateSettings certificate = new(path ?? string.Empty, section.File("KeyPath"), section.Secret("Password"));
        if (path is null) section.Bad("Path", "A certificate needs the Path of a PFX file, or of a PEM file with KeyPath.");
        section.NoOthers();
        return certificate;

        static CertificateSettings? Asked(SettingsSection section, params ReadOnlySpan<string> names)
        {
            // So that the schema's names are all known to the reading, whether they are used or not.
            foreach (string name in names) section.Exists(name);
            return null;
        }
    }

    private static MaxWaitingSettings MaxWaiting(SettingsSection section, MaxWaitingSettings standard)
    {
        MaxWaitingSettings most = new(AtLeastOne(section, "PerTenant", standard.PerTenant), AtLeastOne(section, "PerCaller", standard.PerCaller));
        section.NoOthers();
        return most;
    }

    private static MaxReconciliationsSettings MaxReconciliations(SettingsSection section, MaxReconciliationsSettings standard)
    {
        MaxReconciliationsSettings most = new(AtLeastOne(section, "PerTenant", standard.PerTenant), AtLeastOne(section, "PerCaller", standard.PerCaller));
        section.NoOthers();
        return most;
    }

    private static RateLimitSettings RateLimit(SettingsSection section, RateLimitSettings standard)
    {
        RateLimitSettings limit = new(AtLeastOne(section, "PerSecond", standard.PerSecond), AtLeastOne(section, "Burst", standard.Burst));
        section.NoOthers();
        return limit;
    }

    private static JwtSettings? Jwt(SettingsSection facade, string[] tenants)
    {
        bool wanted = facade.Exists("Jwt");
        SettingsSection section = facade.Section("Jwt", orNull: true);
        JwtSettings jwt = new(
            section.Text("Issuer", string.Empty), section.Text("Audience", string.Empty), section.Text("Keys", string.Empty),
            section.Text("RoleClaim", "roles"),
            section.Section("Roles").Named().ToImmutableDictionary(r => r.Name, r => Role(r.Section, tenants), StringComparer.Ordinal));
        section.NoOthers();
        if (!wanted) return null;
        foreach ((string key, string value) in new[] { ("Issuer", jwt.Issuer), ("Audience", jwt.Audience), ("Keys", jwt.Keys) })
        {
            if (value.Length == 0) section.Bad(key, "To accept tokens, set Issuer, Audience and Keys (the address or the file of the JWKS).");
        }

        if (jwt.Roles.IsEmpty) section.Bad("Roles", "No role has rights, so no token could do anything. Add Roles.");
        if (!Uri.TryCreate(jwt.Keys, UriKind.Absolute, out Uri? address)
            || address.IsFile) return jwt with { Keys = jwt.Keys.Length == 0 ? jwt.Keys : section.Rooted("Keys", jwt.Keys) };
        if (address.Scheme != "https"
            && !(address.Scheme == "http" && LoopbackHost.IsLiteral(address))) section.Bad("Keys",
                $"'{jwt.Keys}' is not valid: keys are fetched by https (http only from a literal loopback address), or read from a file.");
        return jwt;
    }

    private static ImmutableSortedDictionary<string, ImmutableArray<Right>> Role(SettingsSection section, string[] tenants)
    {
        ImmutableArray<Right> rights = [];
        if (!Rights.TryReadList(string.Join(',', section.List("Rights")), out rights, out string problem)) section.Bad("Rights", problem);
        ImmutableSortedDictionary<string, ImmutableArray<Right>>.Builder grants =
            ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<Right>>(StringComparer.OrdinalIgnoreCase);
        foreach (string tenant in section.List("Tenants"))
        {
            if (!tenants.Contains(tenant, StringComparer.OrdinalIgnoreCase)) section.Bad("Tenants",
                $"There is no tenant '{tenant}'. {Suggestion.Hint(tenant, tenants)}");
            grants[tenant] = rights;
        }

        if (grants.Count == 0) section.Bad("Tenants", "Name the tenants that this role may work with.");
        section.NoOthers();
        return grants.ToImmutable();
    }

    private static TelemetrySettings? Telemetry(SettingsSection facade)
    {
        SettingsSection section = facade.Section("Telemetry", orNull: true);
        TelemetryProtocol protocol = section.Choice("Protocol", TelemetryProtocol.Grpc);
        string? headers = section.Secret("Headers");
        TimeSpan interval = Patience(section, "Interval", TimeSpan.FromSeconds(30));
        Uri? endpoint = section.Address("Endpoint");
        section.NoOthers();
        return endpoint is null ? null : new TelemetrySettings(endpoint, protocol, headers, interval);
    }

    private static int AtLeastOne(SettingsSection section, string key, int standard)
    {
        int count = section.Count(key, standard);
        if (count >= 1) return count;
        section.Bad(key, "It must be 1 or more.");
        return standard;
    }

    private static TimeSpan Patience(SettingsSection section, string key, TimeSpan standard)
    {
        TimeSpan duration = section.Duration(key, standard);
        if (duration > TimeSpan.Zero && duration <= MostPatience) return duration;
        section.Bad(key, $"{duration} is not valid: it must be above 0 and at most {MostPatience}.");
        return standard;
    }
}
