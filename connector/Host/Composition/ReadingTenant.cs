using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Graph;
using ProvisioningConnector.Host.Configuration;
using ProvisioningConnector.Sandbox;

namespace ProvisioningConnector.Host.Composition;

/// <summary>A tenant opened for reading. It has no member that writes: verbs that only plan hold nothing else.</summary>
internal sealed class ReadingTenant(
    TenantSettings settings, TenantIdentity identity, GraphConnection connection, Pacer pacer, TimeProvider time, SandboxServer? sandbox) : IAsyncDisposable
{
    private readonly long _openedAt = time.GetTimestamp();

    public TenantSettings Settings => settings;

    public TenantIdentity Identity => identity;

    public IUserDirectory Directory { get; } = new GraphDirectory(connection);

    public IMethodsReader Methods { get; } = new GraphMethodsReader(connection, time);

    /// <summary>Audit log and registration report.</summary>
    public IChangeFeed Changes { get; } = new GraphChangeFeed(connection, time);

    /// <summary>Fetches the token, so that a wrong credential is found before anything else.</summary>
    public async ValueTask<TokenFacts> AuthenticateAsync(CancellationToken cancellation) => await connection.AuthenticateAsync(cancellation);

    /// <summary>Seconds that so many reads and writes take at the present rates.</summary>
    public double Forecast(long reads, long writes)
    {
        PacingAccount account = pacer.Snapshot();
        return Math.Round(Math.Max(Seconds(reads, account.Reads, settings.Quota.ReadBurst), Seconds(writes, account.Writes, settings.Quota.WriteBurst * settings.Quota.WriteBudget)), 1);
    }

    /// <summary>Whether another user may begin when so many are on the way to their first write.</summary>
    public bool MayBegin(int preparing) => pacer.WantsMore(CallKind.Write, preparing);

    /// <summary>What was used since the tenant was opened.</summary>
    public Used Used()
    {
        PacingAccount account = pacer.Snapshot();
        return new Used(
            account.Reads.Cost + connection.ReportCalls, account.Writes.Cost, account.Reads.ThrottledCalls + account.Writes.ThrottledCalls,
            Math.Round(time.GetElapsedTime(_openedAt).TotalSeconds, 1), PacingWords.Learned(account));
    }

    public LearnedRates Learned => pacer.Learned;

    public async ValueTask DisposeAsync()
    {
        connection.Dispose();
        if (sandbox is not null) await sandbox.DisposeAsync();
    }

    private static double Seconds(long cost, GateAccount gate, double burst) => Math.Max(0, cost - burst) / Math.Max(gate.CeilingRate, 1e-9);
}
