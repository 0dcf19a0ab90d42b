using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>How two logs of the same changes are laid side by side.</summary>
public sealed record AuditComparisonTerms
{
    /// <summary>What happened before is not compared.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>How late an entry of the tenant's log may become visible: what was sent since is not missed yet.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromHours(48);

    /// <summary>How far the tenant's clock and ours may be apart.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after it left a request may still take effect.</summary>
    public TimeSpan Landing { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>
/// Compares the chain of evidence with the tenant's own audit log: first the records of the chain, then the changes of the tenant, each in
/// any order, then <see cref="End"/>. Memory grows with what was written since <see cref="AuditComparisonTerms.Since"/>, not with the chain.
/// </summary>
public sealed class AuditComparison(AuditComparisonTerms terms, string tenantId)
{
    private readonly Dictionary<string, List<Sent>> _sent = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<(string Uid, long At)> _seen = [];
    private readonly ImmutableArray<SecurityChange>.Builder _unknown = ImmutableArray.CreateBuilder<SecurityChange>();
    private readonly ImmutableArray<SecurityChange>.Builder _byOthers = ImmutableArray.CreateBuilder<SecurityChange>();

    /// <summary>Changes by this application that the chain does not know.</summary>
    public ImmutableArray<SecurityChange> Unknown => _unknown.ToImmutable();

    /// <summary>Changes by someone else.</summary>
    public ImmutableArray<SecurityChange> ByOthers => _byOthers.ToImmutable();

    /// <summary>Operations that were done, and that the tenant's log should show by now and does not.</summary>
    public ImmutableArray<AuditEntry> Missing { get; private set; } = [];

    /// <summary>Operations that the tenant's log may not show yet, or need not show.</summary>
    public long Pending { get; private set; }

    /// <summary>Operations that both know.</summary>
    public long Matched { get; private set; }

    /// <summary>Object ids of users whom the chain shows.</summary>
    public bool IsManaged(string uid) => _sent.ContainsKey(uid);

    public void Observe(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry is not { Type: AuditType.Operation, Uid: { } uid } || !string.Equals(entry.Tenant, tenantId, StringComparison.OrdinalIgnoreCase)) return;
        DateTimeOffset? at = entry.Stage switch
        {
            AuditStage.Requested => entry.At,
            AuditStage.Executed => entry.SentAt,
            null => null,
        };
        if (at is not { } sent || sent < terms.Since - terms.Landing) return;
        if (!_sent.TryGetValue(uid, out List<Sent>? all)) _sent[uid] = all = [];
        all.Add(new Sent(sent, entry));
    }

    public void Observe(SecurityChange change)
    {
        if (change.At < terms.Since || !_seen.Add((change.Uid.ToUpperInvariant(), change.At.UtcTicks))) return;
        List<Sent> ours = change.MayBeOurs ? Around(change) : [];
        foreach (Sent sent in ours) sent.IsShown = true;
        if (!change.MayBeOurs) _byOthers.Add(change);
        else if (ours.Count == 0) _unknown.Add(change);
    }

    /// <summary>Both were read to their ends.</summary>
    public void End()
    {
        ImmutableArray<AuditEntry>.Builder missing = ImmutableArray.CreateBuilder<AuditEntry>();
        foreach (Sent sent in _sent.Values.SelectMany(s => s).Where(s => s.Entry.Stage == AuditStage.Executed && s.At >= terms.Since).OrderBy(s => s.At))
        {
            if (sent.IsShown) Matched++;
            else if (MustShow(sent)) missing.Add(sent.Entry);
            else Pending++;
        }

        Missing = missing.ToImmutable();
    }

    private List<Sent> Around(SecurityChange change) => _sent.TryGetValue(change.Uid, out List<Sent>? all)
        ? all.FindAll(s => change.At >= s.At - terms.ClockSkew && change.At <= s.At + terms.Landing)
        : [];

    /// <summary>A plain success of a write to a method, old enough. Settings need not be logged, and what was already so left no trace.</summary>
    private bool MustShow(Sent sent) =>
        sent.At <= terms.Until - terms.Delay
        && sent.Entry is { Code: null, Operation: { } operation }
        && string.Equals(sent.Entry.Outcome, OperationOutcome.Done.Name(), StringComparison.Ordinal)
        && operation.Action is OperationAction.Add or OperationAction.Update or OperationAction.Delete;

    /// <summary>A request that left, or was about to.</summary>
    private sealed record Sent(DateTimeOffset At, AuditEntry Entry)
    {
        public bool IsShown { get; set; }
    }
}
