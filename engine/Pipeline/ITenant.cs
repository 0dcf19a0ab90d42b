using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A tenant opened for reading, with an account of what is spent on it. It has no member that writes.</summary>
public interface ITenant
{
    TenantIdentity Identity { get; }

    /// <summary>Whether it is on this machine: a sandbox, or another rehearsal.</summary>
    bool IsLoopback { get; }

    IUserDirectory Directory { get; }

    IMethodsReader Methods { get; }

    IChangeFeed Changes { get; }

    /// <summary>What the quota taught; kept for the next run.</summary>
    LearnedRates Learned { get; }

    /// <summary>What so many reads and writes cost at the current rates.</summary>
    Forecast Forecast(long reads, long writes);

    /// <summary>Writing begins; what was spent until now was spent on the plan.</summary>
    void Executing();

    /// <summary>Whether another user may begin while so many are on the way to their first write.</summary>
    bool MayBegin(int preparing);

    /// <summary>What was spent since the tenant was opened.</summary>
    Used Used();
}

/// <summary>The way to write to a tenant. Nothing is sent without a <see cref="WriteAuthority"/>.</summary>
public interface ITenantWriter : IMethodsWriter, ISecretWriter, IDisposable
{
    /// <summary>The way to write for this kind of work: with a credential of its own where one is configured, else this.</summary>
    ITenantWriter ForWork(PlanOrigin origin);

    /// <summary>Fetches the token, so that a wrong credential is found before a run begins.</summary>
    /// <exception cref="TenantException">No token, or one of another tenant.</exception>
    /// <exception cref="Model.ProvisioningException">The token may do more than the work needs.</exception>
    Task AuthenticateAsync(CancellationToken cancellation);
}
