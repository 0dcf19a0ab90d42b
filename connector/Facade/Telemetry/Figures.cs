using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Facade.Telemetry;

/// <summary>The one meter and the one source of spans. Labels carry names of tenants, routes and outcomes, never users.</summary>
internal sealed class Figures : IDisposable
{
    public const string Name = "ProvisioningConnector";
    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _users;
    private readonly Counter<long> _operations;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _complete = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="pacing">What the gates of the open tenants did so far.</param>
    /// <param name="time">The clock.</param>
    public Figures(Func<IEnumerable<TenantPacing>> pacing, TimeProvider time)
    {
        _users = _meter.CreateCounter<long>("provision.users", "{user}", "Users dealt with, by situation");
        _operations = _meter.CreateCounter<long>("provision.operations", "{operation}", "Operations, by outcome");
        Requests = _meter.CreateHistogram<double>("provision.requests", "s", "Requests to the facade");
        _meter.CreateObservableGauge("provision.gate.rate",
            () => pacing().SelectMany(d => Gates(d).Select(g => new Measurement<double>(g.Account.Rate, Labels(d, g.Kind)))),
            "{call}/s", "Calls per second that the gates allow");
        _meter.CreateObservableCounter("provision.throttled",
            () => pacing().SelectMany(d => Gates(d).Select(g => new Measurement<long>(g.Account.ThrottledCalls, Labels(d, g.Kind)))),
            "{call}", "Calls that the service throttled");
        _meter.CreateObservableGauge("provision.run.age",
            () => _complete.Select(r => new Measurement<double>((time.GetUtcNow() - r.Value).TotalSeconds, new KeyValuePair<string, object?>("tenant", r.Key))),
            "s", "Time since the last complete run ended");
    }

    /// <summary>Spans of requests and what they cause.</summary>
    public ActivitySource Source { get; } = new(Name);

    /// <summary>Seconds of requests, by method, route, status and tenant.</summary>
    public Histogram<double> Requests { get; }

    public void Users(string tenant, string situation, long count = 1) => _users.Add(count, new("tenant", tenant), new("situation", situation));

    public void Operations(string tenant, string outcome, long count = 1) => _operations.Add(count, new("tenant", tenant), new("outcome", outcome));

    /// <summary>A run of the tenant ended complete at this time; the latest counts.</summary>
    public void RunComplete(string tenant, DateTimeOffset at) => _complete.AddOrUpdate(tenant, at, (_, known) => at > known ? at : known);

    public void Dispose()
    {
        _meter.Dispose();
        Source.Dispose();
    }

    private static IEnumerable<(string Kind, GateAccount Account)> Gates(TenantPacing tenant) =>
        [("read", tenant.Account.Reads), ("write", tenant.Account.Writes)];

    private static KeyValuePair<string, object?>[] Labels(TenantPacing tenant, string kind) => [new("tenant", tenant.Name), new("gate", kind)];
}
