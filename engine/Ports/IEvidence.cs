using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Audit trail, in the name of one actor. Records are durable when a call returns. What it throws before the first write keeps
/// the write from being sent. Any call may end in a <see cref="StoreException"/>.
/// </summary>
public interface IEvidence
{
    /// <summary>Makes sure, before anything is written, that the second sink can take the end of the run.</summary>
    /// <exception cref="ProvisioningException">It cannot be written.</exception>
    void CheckSecondSink();

    /// <summary>The store is new to a tenant on purpose.</summary>
    Task NewStoreAsync(TenantIdentity newTenant, string? reason, CancellationToken cancellation);

    /// <summary>Guardrails are allowed for once; one record each.</summary>
    Task OverriddenAsync(PlanHeader plan, ImmutableArray<string> allowances, string? reason, CancellationToken cancellation);

    /// <summary>A run is about to begin or to go on, or was blocked; also records safeguards that are looser than at the last run of the tenant.</summary>
    Task BeginsAsync(RunHeader run, string? reason, CancellationToken cancellation);

    /// <summary>A journal that also records every operation.</summary>
    /// <param name="run">The run.</param>
    /// <param name="journal">The run's own journal.</param>
    IEvidenceJournal Journal(RunHeader run, IRunJournal journal);

    /// <summary>A run ended.</summary>
    Task EndsAsync(RunHeader run, CancellationToken cancellation);

    /// <summary>Repeats the head of the chain to the second sink.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    Task<string?> ConcludeAsync(CancellationToken cancellation);
}

/// <summary>A run's journal that also records evidence.</summary>
public interface IEvidenceJournal : IRunJournal
{
    /// <summary>A user's work begins. Call it before the user's first line.</summary>
    void Begins(RunUser user);
}
