using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>The one place that decides over claims; stores ask it inside the transaction in which they count.</summary>
public static class RollingLimits
{
    /// <summary>
    /// Windows are counted in steps of a minute: a write counts for the whole minute it was made in, so it leaves a window up to a minute
    /// late and never early.
    /// </summary>
    public static long StepOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerMinute;

    /// <summary>The first step that counts in a window.</summary>
    public static long FirstStep(WindowSpan span, DateTimeOffset now) => StepOf(now - span.Length());

    /// <param name="claim">What is asked for.</param>
    /// <param name="tenant">What all writers of the tenant did.</param>
    /// <param name="actor">What this one did.</param>
    /// <param name="openings">Openings of the tenant.</param>
    public static WindowAnswer Judge(WindowClaim claim, WindowUse tenant, WindowUse actor, IEnumerable<LimitOverride> openings)
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(actor);
        ImmutableArray<LimitOverride> open = [.. openings.Where(o => o.IsOpen(claim.At)).OrderBy(o => o.Until).ThenBy(o => o.OpeningId,
            StringComparer.Ordinal)];
        ImmutableArray<OpeningShare>.Builder shares = ImmutableArray.CreateBuilder<OpeningShare>();
        foreach (WindowMeasure measure in Enum.GetValues<WindowMeasure>())
        {
            long asked = claim.Writes.From(measure);
            if (asked == 0 || Worst(claim, measure, tenant, actor) is not { } worst) continue;
            long used = Use(worst.Scope, tenant, actor)[worst.Span].From(measure);
            // What is over already was let through before, or the limit was lowered since: only what is asked for now needs an opening.
            long excess = Math.Min(asked, used + asked - worst.Most);
            long opened = open.Where(o => o.Measure == measure).Sum(o => o.Left);
            if (opened < excess) return new WindowAnswer.Refused(new WindowRefusal(worst, used, asked, opened));
            foreach (LimitOverride opening in open.Where(o => o.Measure == measure && o.Left > 0))
            {
                long share = Math.Min(opening.Left, excess);
                if (share > 0) shares.Add(new OpeningShare(opening.OpeningId, measure, share));
                excess -= share;
            }
        }

        return new WindowAnswer.Granted(new WindowGrant(claim, shares.ToImmutable()));
    }

    /// <summary>What goes back to openings when part of a grant is not used: what was beyond the limits goes back first.</summary>
    public static ImmutableArray<OpeningShare> GiveBack(WindowGrant grant, Records.AppliedWrites unused)
    {
        ArgumentNullException.ThrowIfNull(grant);
        ImmutableArray<OpeningShare>.Builder back = ImmutableArray.CreateBuilder<OpeningShare>();
        foreach (IGrouping<WindowMeasure, OpeningShare> shares in grant.Shares.GroupBy(s => s.Measure))
        {
            long left = unused.From(shares.Key);
            foreach (OpeningShare share in shares)
            {
                long number = Math.Min(left, share.Number);
                if (number > 0) back.Add(share with { Number = number });
                left -= number;
            }
        }

        return back.ToImmutable();
    }

    /// <summary>The budget that the claim breaks by most; null when it breaks none.</summary>
    private static WindowBudget? Worst(WindowClaim claim, WindowMeasure measure, WindowUse tenant, WindowUse actor)
    {
        WindowBudget? worst = null;
        long most = 0;
        foreach (WindowBudget budget in claim.Budgets.Where(b => b.Measure == measure))
        {
            long over = Use(budget.Scope, tenant, actor)[budget.Span].From(measure) + claim.Writes.From(measure) - budget.Most;
            if (over > most) (worst, most) = (budget, over);
        }

        return worst;
    }

    private static WindowUse Use(WindowScope scope, WindowUse tenant, WindowUse actor) => scope switch
    {
        WindowScope.Tenant => tenant,
        WindowScope.Actor => actor,
    };
}
