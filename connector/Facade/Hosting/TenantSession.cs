using System.Security.Cryptography;
using System.Text;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Operations;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Hosting;

/// <summary>A tenant, open for all requests of the process: one reader, one pair of gates, the way to write.</summary>
internal sealed class TenantSession : IAsyncDisposable
{
    private readonly ConnectorSettings _settings;
    private readonly WriterOpening _writers;
    private readonly SharedStore _shared;
    private readonly TimeProvider _time;
    private readonly IGraphTrace _trace;

    private TenantSession(
        ConnectorSettings settings, ReadingTenant reading, WriterOpening writers, SharedStore shared,
        ReadOnlyMemory<byte> cookieKey, TimeProvider time, IGraphTrace trace, EndSignals signals)
    {
        (_settings, Reading, _writers, _shared, _time, _trace) = (settings, reading, writers, shared, time, trace);
        // A change that failed when its caller was gone stays unfinished in the store, where it is found again.
        Workspace workspace = Workspace("serve");
        Changes = TenantPipeline.Open(
            PipelineParts.Ports(workspace, actor => Workspace(actor).Audit, reading, signals), workspace, step => writers.Open(reading, step), static _ => { });
        KeyedDigests digests = shared.Digests;
        Icf = new IcfConnector(
            new IcfPorts
            {
                Directory = reading.Directory, Search = reading.Search, Reads = Changes.Ports.Reads,
                Runs = Changes.Runs, Changes = reading.Changes, Time = time,
                PasswordAsync = async c => PasswordRouting.For(Settings, await Changes.Writing.AuthenticateAsync(c), given: true),
                Spellings = settings.Facade.PhoneSpelling == PhoneSpelling.AsSent
                ? new NotedSpellings(shared.Store, digests.Tag, Identity.Id) : new NoSpellings(),
            },
            new IcfSettings
            {
                Revision = digests.Revision, CookieKey = CookieKey(cookieKey, Identity),
                Spelling = settings.Facade.PhoneSpelling, DefaultCountry = Settings.DefaultCountry,
                Masks = new ValueMasks(number => Masking.Number(number, digests) ?? Masking.Hidden,
                    address => Masking.Address(address) ?? Masking.Hidden, Masking.Hidden),
            });
    }

    /// <summary>A page's cookie means something in its own tenant only.</summary>
    private static byte[] CookieKey(ReadOnlyMemory<byte> key, TenantIdentity tenant)
    {
        byte[] own = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Span, own, default, Encoding.UTF8.GetBytes($"{tenant.Id} {tenant.Name}".ToUpperInvariant()));
        return own;
    }

    public TenantSettings Settings => Reading.Settings;

    public TenantIdentity Identity => Reading.Identity;

    /// <summary>Users, methods and changes; it has no member that writes.</summary>
    public ReadingTenant Reading { get; }

    /// <summary>Changes of single users.</summary>
    public TenantPipeline Changes { get; }

    /// <summary>ICF's operations over them.</summary>
    public IcfConnector Icf { get; }

    /// <summary>Opens it for all requests; changes that died with an earlier process are settled first.</summary>
    /// <param name="signals">How the process is asked to end.</param>
    public static async Task<TenantSession> OpenAsync(
        ConnectorSettings settings, ReadingTenant reading, WriterOpening writers, SharedStore shared,
        TimeProvider time, IGraphTrace trace, EndSignals signals, CancellationToken cancellation)
    {
        TenantSession session = new(settings, reading, writers, shared, await shared.Store.KeyAsync(StoreKeys.Cookies, cancellation), time, trace, signals);
        await session.Changes.SettleAsync(cancellation);
        return session;
    }

    /// <summary>The pipeline of one run, with an account and a way to write of its own through the same gates. The caller disposes it.</summary>
    /// <param name="workspace">In the name of the caller.</param>
    /// <param name="tenant">The tenant with the run's own account.</param>
    /// <param name="signals">How the run is asked to end.</param>
    public TenantPipeline ForRun(Workspace workspace, ReadingTenant tenant, EndSignals signals) =>
        TenantPipeline.Create(workspace, tenant, _writers, signals);

    /// <summary>Whether the operator said that the store is new to this tenant on purpose (<c>serve --new-store</c>).</summary>
    public bool NewStore => _settings.NewStore;

    /// <summary>What runs and verbs work with, in the name of a caller; it need not be disposed.</summary>
    public Workspace Workspace(string actor) => Composition.Workspace.Within(_settings, Settings, _shared, actor, _time, _trace);

    public async ValueTask DisposeAsync()
    {
        await Changes.DisposeAsync();
        await Reading.DisposeAsync();
    }
}
