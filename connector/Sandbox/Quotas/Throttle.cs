using System.Globalization;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Quotas;

/// <summary>The quotas in force. Used under the tenant's lock.</summary>
internal sealed class Throttle(DateTimeOffset start)
{
    private sealed record Meter(string Scope, string Reason, Bucket Bucket, Func<Call, double> Cost);

    private ThrottleSettings? _inForce;
    private List<Meter> _meters = [];

    /// <summary>Takes what the call costs. Gives the refusal when there is not enough; otherwise null and, near a limit, the share in use.</summary>
    public Answer? Refusal(Call call, Site site, out double? used)
    {
        used = null;
        DateTimeOffset now = site.Now;
        ThrottleSettings? quota = Current(site.Settings.Quota, now);
        if (quota != _inForce) Change(quota, site.Tenant.TenantId, now);
        if (quota is null) return null;
        Meter? worst = null;
        foreach (Throttle.Meter meter in _meters)
        {
            double cost = meter.Cost(call);
            if (cost > 0 && !meter.Bucket.Has(cost, now) && (worst is null || meter.Bucket.Wait(cost) > worst.Bucket.Wait(worst.Cost(call)))) worst = meter;
        }
        foreach (Throttle.Meter meter in _meters)
        {
            double cost = meter.Cost(call);
            if (cost <= 0) continue;
            meter.Bucket.Take(worst is null ? cost : cost * quota.ThrottledCost);
            if (meter.Bucket.Used >= 0.8) used = Math.Max(used ?? 0, meter.Bucket.Used);
        }
        if (!quota.Headers) used = null;
        return worst is null ? null : Refused(call, site, quota, worst, used);
    }

    private ThrottleSettings? Current(ThrottleSettings? quota, DateTimeOffset now)
    {
        ThrottleSettings? current = quota;
        foreach (ThrottleChange change in quota?.Changes ?? [])
            if (now - start >= change.After) current = change.Quota;
        return current;
    }

    // The new buckets are as full as the old ones were.
    private void Change(ThrottleSettings? quota, Guid tenant, DateTimeOffset now)
    {
        List<Throttle.Meter> old = _meters;
        _inForce = quota;
        _meters = [];
        if (quota is null) return;
        Add("Tenant_Application/ResourceUnit", "ResourceUnitLimitExceeded", quota.ResourceUnits,
            0, c => c.Route.Class is RouteClass.Report or RouteClass.Batch ? 0 : Cost.ResourceUnits(c));
        Add("Tenant_Application/Write", "WriteLimitExceeded", quota.Writes, 0, c => c.Route.Class == RouteClass.Write ? 1 : 0);
        Add("Tenant/Write", "WriteLimitExceeded", quota.TenantWrites, quota.OtherClientsWrites, c => c.Route.Class == RouteClass.Write ? 1 : 0);
        Add("Tenant_Application/Report", "ReportLimitExceeded", quota.Reports, 0, c => c.Route.Class == RouteClass.Report ? 1 : 0);
        Add("Tenant_Application/All", "CPULimitExceeded", quota.Everything, 0, c => c.Route.Class == RouteClass.Batch ? 0 : 1);

        void Add(string scope, string reason, QuotaLimit? limit, double others, Func<Call, double> cost)
        {
            if (limit is null) return;
            string name = $"{scope}/5a17b0c5-0000-4000-8000-0000000c11e7/{tenant}";
            double filled = old.Find(m => m.Scope == name)?.Bucket.Filled ?? 1;
            _meters.Add(new Meter(name, reason, new Bucket(limit, others, now, filled), cost));
        }
    }

    private static Answer Refused(Call call, Site site, ThrottleSettings quota, Meter meter, double? used)
    {
        Answer answer = Answer.Object(429, (call, site), static (w, s) =>
        {
            w.WriteStartObject("error");
            w.WriteString("code", "TooManyRequests");
            w.WriteString("message", "Please retry again later.");
            w.WriteStartObject("innerError");
            w.WriteString("code", "429");
            w.WriteString("status", "429");
            w.WriteString("message", "Please retry after");
            w.WriteString("date", s.site.Now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            w.WriteString("request-id", s.call.RequestId);
            w.WriteEndObject();
            w.WriteEndObject();
        });
        TimeSpan wait = meter.Bucket.Wait(meter.Cost(call));
        if (RetryAfter(quota.RetryAfter, wait, site.Now) is { } after) answer.With("Retry-After", after);
        if (!quota.Headers) return answer;
        answer.With("x-ms-throttle-scope", meter.Scope).With("x-ms-throttle-information", meter.Reason);
        return answer.With("x-ms-throttle-limit-percentage", Percentage(Math.Max(1, used ?? 1)));
    }

    public static string Percentage(double used) => used.ToString("0.0#", CultureInfo.InvariantCulture);

    private static string? RetryAfter(RetryAfterStyle style, TimeSpan wait, DateTimeOffset now) => style switch
    {
        RetryAfterStyle.WholeSeconds => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture),
        RetryAfterStyle.Fraction => Math.Max(0.1, Math.Ceiling(wait.TotalSeconds * 10) / 10).ToString("0.0", CultureInfo.InvariantCulture),
        RetryAfterStyle.HttpDate => (now + wait + TimeSpan.FromSeconds(1)).ToString("R", CultureInfo.InvariantCulture),
        RetryAfterStyle.AlwaysOne => "1",
        RetryAfterStyle.Missing => null,
    };
}
