using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Composition.Audit;

/// <summary>Creates the audit records of commands. Each record is durable when the call returns.</summary>
internal sealed class AuditRecorder(IRunStore store, IAuditTrail trail, HeadFile? second, TenantSettings tenant,
    KeyedDigests digests, string actor, TimeProvider time) : IEvidence
{
    /// <summary>In whose name it records.</summary>
    public string Actor => actor;

    private bool _revealRecorded;

    /// <summary>Where the chain's head is repeated; null when nowhere.</summary>
    public HeadFile? Second => second;

    public IAuditTrail Trail => trail;

    /// <summary>Before a run begins: the second sink must be there, or its end could not be kept.</summary>
    /// <exception cref="ProvisioningException">It cannot be written.</exception>
    public void CheckSecondSink()
    {
        try
        {
            second?.Check();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ProvisioningException("auditHeadFile", $"The audit trail's head cannot be written to '{second?.Path}': {exception.Message}",
                "Check Audit:HeadFile and its permissions. Nothing was written to the tenant.");
        }
    }

    /// <inheritdoc/>
    public IEvidenceJournal Journal(RunHeader run, IRunJournal journal) => new AuditedJournal(journal, trail, Frame(run, AuditType.Operation), digests, time);

    /// <summary>A run is about to begin, or to go on; also shows which safeguards are looser than at the last run of the tenant.</summary>
    public async Task BeginsAsync(RunHeader run, string? reason, CancellationToken cancellation)
    {
        ImmutableSortedDictionary<string, string> now = Safeguards.From(tenant.Guardrails, tenant.Policy,
            tenant.Protected.Keys, tenant.RequireApproval, tenant.PlanMaxAge)
            .SetItem(Safeguards.StepSurplus, tenant.StepCredentials.RefusesSurplus ? "Refuse" : "Allow");
        AuditEntry frame = Frame(run, run.ResumedAt.IsEmpty ? AuditType.RunBegun : AuditType.RunResumed) with { Reason = reason };
        await trail.AppendAsync(frame with
        {
            Safeguards = now,
            Details = Details(("writes", Text(run.Plan.Summary.Operations.Total)), ("deletes", Text(run.Plan.Summary.Operations.Delete)),
                ("plannedBy", run.Plan.Actor))
        }, cancellation);
        if (run.Outcome == RunOutcome.Blocked) return;
        foreach (Loosened one in Loosening.Between(await LastSafeguardsAsync(run, cancellation), now))
        {
            await trail.AppendAsync(frame with
            {
                Type = AuditType.LoosenedSetting,
                Details = Details(("setting", one.Name), ("before", one.Before), ("now", one.Now))
            }, cancellation);
        }

        await store.WriteNoteAsync(Note(run), JsonSerializer.Serialize(now), cancellation);
    }

    /// <summary>A run ended.</summary>
    public async Task EndsAsync(RunHeader run, CancellationToken cancellation)
    {
        OutcomeCounts counts = run.Outcomes;
        ImmutableSortedDictionary<string, string> details = Details(
            ("done", Text(counts.Done)), ("failed", Text(counts.Failed)), ("unknown", Text(counts.Unknown)),
            ("stale", Text(counts.Stale)), ("skipped", Text(counts.Skipped)));
        if (second is not null) details = details.SetItem(AuditDetails.SecondSink, second.Path);
        await trail.AppendAsync(Frame(run, AuditType.RunEnded) with
        {
            Outcome = run.Outcome.Name(),
            Code = run.Diagnostics.IsEmpty ? null : run.Diagnostics[0].Code,
            Details = details
        }, cancellation);
    }

    /// <inheritdoc/>
    public async Task NewStoreAsync(TenantIdentity newTenant, string? reason, CancellationToken cancellation) =>
        await trail.AppendAsync(Frame(AuditType.Override) with { Tenant = newTenant.Id, Reason = reason, Details = Details(("allow", "newStore")) },
            cancellation);

    /// <summary>A quarantine is ended by hand.</summary>
    public async Task ReleasedAsync(TenantQuarantine quarantine, string? reason, CancellationToken cancellation) =>
        await trail.AppendAsync(Frame(AuditType.Override) with
        {
            Tenant = quarantine.TenantId,
            RunId = quarantine.RunId,
            Code = quarantine.Code,
            Reason = reason,
            Details = Details(("allow", "quarantine")),
        }, cancellation);

    public async Task PlanSavedAsync(PlanHeader plan, string? seal, string file, CancellationToken cancellation) =>
        await trail.AppendAsync(Frame(plan, AuditType.PlanSaved) with
        {
            PlanSeal = seal,
            Details = Details(("file", file), ("writes", Text(plan.Summary.Operations.Total)))
        }, cancellation);

    /// <summary>Guardrails are allowed for once; one record each.</summary>
    public async Task OverriddenAsync(PlanHeader plan, ImmutableArray<string> allowances, string? reason, CancellationToken cancellation)
    {
        foreach (string allowance in allowances) await trail.AppendAsync(Frame(plan, AuditType.Override) with
        {
            Reason = reason,
            Details = Details(("allow", allowance))
        }, cancellation);
    }

    public async Task ApprovedAsync(PlanHeader plan, Approval approval, CancellationToken cancellation) =>
        await trail.AppendAsync(Frame(plan, AuditType.Approval) with
        {
            PlanSeal = approval.PlanSeal,
            Approver = approval.Approver,
            Reason = approval.Reason,
            Details = Details([("approvalId", approval.ApprovalId), ("expiresAt", approval.ExpiresAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)),
                .. approval.Allowances.Select(a => ($"allow:{a.Key}", Text(a.Value)))]),
        }, cancellation);

    /// <summary>An approver opens a limit over time.</summary>
    public async Task OpensAsync(LimitOverride opening, CancellationToken cancellation) =>
        await trail.AppendAsync(Frame(AuditType.Override) with
        {
            Approver = opening.Approver,
            Reason = opening.Reason,
            Details = Details(("openingId", opening.OpeningId), ("allow", $"{opening.Measure.AllowKey()}={Text(opening.Number)}"),
                ("until", opening.Until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))),
        }, cancellation);

    /// <summary>A pass was handed over at the helpdesk, or taken back, or someone agreed to it.</summary>
    /// <param name="handOver">Whose, with how identity was proved, and the ticket.</param>
    /// <param name="outcome"><c>handedOver</c>, <c>deleted</c>, <c>nothingLeft</c>, <c>tooEarly</c> or <c>failed</c>.</param>
    /// <param name="runId">The run that issued or deleted it; null: none did.</param>
    /// <param name="reason">In the words of the person who did it.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task HandedOverAsync(HandOver handOver, string outcome, string? runId, string? reason, CancellationToken cancellation) =>
        await trail.AppendAsync(Frame(AuditType.HandOver) with
        {
            Uid = handOver.Uid,
            RunId = runId,
            Outcome = outcome,
            Reason = reason,
            Details = Details(("handOverId", handOver.Id), ("proof", handOver.Proof), ("ticket", handOver.Ticket), ("minutes", Text(handOver.Minutes))),
        }, cancellation);

    /// <summary>A second person agrees that someone with a directory role gets a pass.</summary>
    public async Task RescueApprovedAsync(RescueApproval approval, string reason, CancellationToken cancellation) =>
        await trail.AppendAsync(Frame(AuditType.Approval) with
        {
            Uid = approval.Uid,
            Approver = approval.Approver,
            Reason = reason,
            Details = Details(("what", "rescue"), ("ticket", approval.Ticket),
                ("expiresAt", approval.Until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture))),
        }, cancellation);

    /// <summary>Full values are about to be shown; recorded once per command.</summary>
    public async Task RevealsAsync(string what, string? reason, CancellationToken cancellation)
    {
        if (_revealRecorded) return;
        _revealRecorded = true;
        await trail.AppendAsync(Frame(AuditType.Reveal) with { Reason = reason, Details = Details(("what", what)) }, cancellation);
    }

    public async Task ExportedAsync(string what, string file, long count, string? reason, CancellationToken cancellation) =>
        await trail.AppendAsync(Frame(AuditType.Export) with { Reason = reason, Details = Details(("what", what), ("file", file), ("count", Text(count))) },
            cancellation);

    /// <summary>Repeats the chain's head to the second sink. What went wrong; null when nothing did.</summary>
    public async Task<string?> ConcludeAsync(CancellationToken cancellation)
    {
        if (second is null || await trail.HeadAsync(cancellation) is not { } head) return null;
        try
        {
            second.Append(head, time.GetUtcNow());
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"The audit trail's head could not be written to '{second.Path}': {exception.Message} Until it is, 'audit verify' reports it. Correct "
                + $"Audit:HeadFile.";
        }
    }

    private async Task<ImmutableDictionary<string, string>> LastSafeguardsAsync(RunHeader run, CancellationToken cancellation) =>
        await store.ReadNoteAsync(Note(run), cancellation) is { } text ? JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(text) ?? [] : [];

    private static string Note(RunHeader run) => $"safeguards:{run.Plan.Tenant.Id}";

    private AuditEntry Frame(AuditType type) =>
        new() { At = time.GetUtcNow(), Type = type, Actor = actor, ToolVersion = Identity.ToolVersion, Tenant = tenant.Graph.TenantId ?? tenant.Name };

    private AuditEntry Frame(PlanHeader plan, AuditType type) => Frame(type) with
    {
        Tenant = plan.Tenant.Id,
        PlanId = plan.PlanId,
        Source = new AuditSource(plan.Source.Name, plan.Source.Sha256),
    };

    private AuditEntry Frame(RunHeader run, AuditType type) =>
        Frame(run.Plan, type) with { RunId = run.RunId, PlanSeal = run.PlanSeal, Approver = run.Approval?.Approver };

    private static ImmutableSortedDictionary<string, string> Details(params ReadOnlySpan<(string Name, string Value)> details)
    {
        ImmutableSortedDictionary<string, string>.Builder all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in details) all[name] = value;
        return all.ToImmutable();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
