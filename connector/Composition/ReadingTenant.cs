using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Changes;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Policies;
using ProvisioningConnector.Graph.Readiness;
using ProvisioningConnector.Graph.Reading;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Users;
using ProvisioningConnector.Sandbox;

namespace ProvisioningConnector.Composition;

/// <summary>A tenant opened for reading. It has no member that writes: verbs that only plan hold nothing else.</summary>
internal sealed class ReadingTenant(
    TenantSettings settings, TenantIdentity identity, GraphConnection connection, Pacer pacer, TimeProvider time, SandboxServer? sandbox, bool owns = true)
        : ITenant, IAsyncDisposable
{
    private readonly SpentTime _spent = new(time, pacer.Snapshot(), connection.ReportCalls);

    public TenantSettings Settings => settings;

    public TenantIdentity Identity => identity;

    /// <summary>Where it is reached.</summary>
    public GraphTenantOptions Options => connection.Options;

    /// <summary>The gates through which all its requests pass.</summary>
    public Pacer Gates => pacer;

    /// <inheritdoc/>
    public bool IsLoopback { get; } = LoopbackHost.IsLiteral(connection.Options.Target);

    public IUserDirectory Directory { get; } = new GraphDirectory(connection);

    public IMethodsReader Methods { get; } = new GraphMethodsReader(connection, time);

    /// <summary>Users that match a filter, page by page.</summary>
    public IUserSearch Search { get; } = new GraphUserSearch(connection);

    /// <summary>The authentication methods policy.</summary>
    public IMethodPolicies Policies { get; } = new GraphMethodPolicies(connection);

    /// <summary>What readiness needs besides methods.</summary>
    public IReadinessReader Readiness { get; } = new GraphReadinessReader(connection);

    /// <summary>Asks what is not certain of the tenant.</summary>
    public GraphProbe Probe { get; } = new(connection);

    /// <summary>Single people, as the steps of <c>migrate</c> need them.</summary>
    public IMigrationReader People { get; } = new GraphMigrationReader(connection);

    /// <summary>What groups are and confer.</summary>
    public IGroupReader Groups { get; } = new GraphGroupReader(connection);

    /// <summary>Audit log and registration report.</summary>
    public IChangeFeed Changes { get; } = new GraphChangeFeed(connection, time);

    /// <summary>The same tenant with an account of its own, for one of several runs in one
    /// process; what other work spends meanwhile counts in it too.</summary>
    public ReadingTenant ForRun() => new(settings, identity, connection, pacer, time, sandbox: null, owns: false);

    /// <summary>Fetches the token, so that a wrong credential is found before anything else.</summary>
    public async ValueTask<TokenFacts> AuthenticateAsync(CancellationToken cancellation) => await connection.AuthenticateAsync(cancellation);

    /// <summary>The tenant's clock: writes are dated by it like reads, so that what follows from them agrees.</summary>
    public TimeProvider Time => time;

    /// <summary>What so many reads and writes cost at the current rates; both go on at the same time.</summary>
    public Forecast Forecast(long reads, long writes)
    {
        _spent.Planned(pacer.Snapshot());
        double seconds = Math.Max(pacer.SecondsFor(CallKind.Read, reads), pacer.SecondsFor(CallKind.Write, writes));
        QuotaSettings quota = settings.Quota;
        return new Forecast(reads, writes, Math.Round(seconds, 1),
            Share(reads, quota.ReadBurst + quota.ReadsPerSecond * seconds), Share(writes, quota.WriteBurst + quota.WritesPerSecond * seconds));
    }

    /// <summary>The run begins, when a person has agreed to it.</summary>
    public void Executing() => _spent.Executing();

    /// <summary>Whether another user may begin when so many are on the way to their first write.</summary>
    public bool MayBegin(int preparing) => pacer.WantsMore(CallKind.Write, preparing);

    /// <summary>What the gates did and where they stand.</summary>
    public PacingAccount Pacing() => pacer.Snapshot();

    /// <summary>What was used since the tenant was opened.</summary>
    public Used Used() => _spent.Used(pacer, connection.ReportCalls);

    public LearnedRates Learned => pacer.Learned;

    public async ValueTask DisposeAsync()
    {
        if (!owns) return;
        connection.Dispose();
        if (sandbox is not null) await sandbox.DisposeAsync();
    }

    private static double Share(long cost, double granted) => Math.Round(cost / granted, 4);
}
