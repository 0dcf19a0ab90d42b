using System.Collections.Immutable;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>Windows in memory, counted write by write; pass the same suite as those on disk.</summary>
public sealed class MemoryWriteWindows : IWriteWindows
{
    private readonly Lock _gate = new();
    private readonly List<(string Tenant, string Actor, long Step, AppliedWrites Writes)> _counted = [];
    private readonly List<LimitOverride> _openings = [];

    public ValueTask<WindowAnswer> ReserveAsync(WindowClaim claim, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellation.ThrowIfCancellationRequested();
        lock (_gate)
        {
            WindowAnswer answer = RollingLimits.Judge(claim, Use(claim.TenantId, null, claim.At),
                Use(claim.TenantId, claim.Actor, claim.At), _openings.Where(o => Same(o.TenantId, claim.TenantId)));
            if (answer is WindowAnswer.Granted granted) Count(granted.Grant, claim.Writes, granted.Grant.Shares, 1);
            return ValueTask.FromResult(answer);
        }
    }

    public ValueTask ReleaseAsync(WindowGrant grant, AppliedWrites unused, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ArgumentNullException.ThrowIfNull(unused);
        lock (_gate) Count(grant, new AppliedWrites(-unused.Add, -unused.Update, -unused.Delete, -unused.LastPhone), RollingLimits.GiveBack(grant, unused), -1);
        return ValueTask.CompletedTask;
    }

    public ValueTask<WindowUse> UseAsync(string tenantId, string? actor, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_gate) return ValueTask.FromResult(Use(tenantId, actor, now));
    }

    public ValueTask OpenAsync(LimitOverride opening, CancellationToken cancellation)
    {
        lock (_gate) _openings.Add(opening);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ImmutableArray<LimitOverride>> OpeningsAsync(string tenantId, DateTimeOffset now, CancellationToken cancellation)
    {
        lock (_gate) return ValueTask.FromResult<ImmutableArray<LimitOverride>>([.. _openings.Where(o => Same(o.TenantId, tenantId) && now < o.Until)
            .OrderBy(o => o.Until)]);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private void Count(WindowGrant grant, AppliedWrites writes, ImmutableArray<OpeningShare> shares, int sign)
    {
        _counted.RemoveAll(c => c.Step < RollingLimits.FirstStep(WindowSpan.Week, grant.Claim.At) - 1);
        _counted.Add((grant.Claim.TenantId, grant.Claim.Actor, RollingLimits.StepOf(grant.Claim.At), writes));
        foreach (OpeningShare share in shares)
        {
            int at = _openings.FindIndex(o => o.OpeningId == share.OpeningId);
            _openings[at] = _openings[at] with { Used = _openings[at].Used + (sign * share.Number) };
        }
    }

    private WindowUse Use(string tenant, string? actor, DateTimeOffset now)
    {
        return new WindowUse(Sum(WindowSpan.Hour), Sum(WindowSpan.Day), Sum(WindowSpan.Week));

        AppliedWrites Sum(WindowSpan span) => _counted
            .Where(c => Same(c.Tenant, tenant) && (actor is null || Same(c.Actor, actor)) && c.Step >= RollingLimits.FirstStep(span, now))
            .Aggregate(AppliedWrites.None, (sum, c) => sum.Plus(c.Writes));
    }
}
