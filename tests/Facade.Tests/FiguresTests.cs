using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Telemetry;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>What is measured and traced, and that it names tenants, never users.</summary>
[NonParallelizable]
public sealed class FiguresTests
{
    [Test]
    public async Task Figures_name_tenants_routes_and_outcomes_and_no_one()
    {
        ConcurrentBag<string> measured = [];
        ConcurrentBag<Activity> spans = [];
        await using Rig rig = await Rig.StartAsync(map: routes => routes.MapGet("/t/{tenant}/user/{id}", async Task (HttpContext c, RequestTenants all) =>
            await all.OpenAsync(c))
            .Demanding(Right.Read));
        using MeterListener meters = new()
        {
            InstrumentPublished = (instrument,
            listener) =>
            { if (instrument.Meter.Name == Figures.Name) listener.EnableMeasurementEvents(instrument); }
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => measured.Add($"{instrument.Name}={value} {Text(tags)}"));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => measured.Add($"{instrument.Name} {Text(tags)}"));
        meters.Start();
        using ActivityListener traces = new()
        {
            ShouldListenTo = s => s.Name == Figures.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = spans.Add
        };
        ActivitySource.AddActivityListener(traces);
        KeyText key = await rig.KeyAsync();
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        await rig.AskAsync(key, "/t/one/user/marker@contoso.com?q=marker", ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));
        await rig.AskAsync(key, "/t/marker/user/x");
        rig.Services.Figures.Users("one", "changed", 3);
        rig.Services.Figures.Operations("one", "done");
        rig.Services.Figures.RunComplete("one", rig.Services.Time.GetUtcNow());
        meters.RecordObservableInstruments();

        Assert.That(measured,
            Has.Some.Contains("provision.users=3 tenant=one situation=changed").And.Some.Contains("provision.operations=1 tenant=one outcome=done"));
        Assert.That(measured,
            Has.Some.StartsWith("provision.gate.rate tenant=one "
                + "gate=read").And.Some.StartsWith("provision.throttled=0 tenant=one gate=write").And.Some.StartsWith("provision.run.age tenant=one"));
        Assert.That(measured, Has.Some.Contains("route=/t/{tenant}/user/{id} status=200 tenant=one"));
        Assert.That(spans.Select(s => s.TraceId.ToString()), Has.Some.EqualTo(Trace));
        Assert.That(rig.Log, Does.Contain(Trace));
        Assert.That(string.Join('\n', measured) + string.Join('\n', spans.SelectMany(s => s.TagObjects)) + rig.Log, Does.Not.Contain("marker"));
    }

    [Test]
    public async Task They_are_sent_to_the_collector_that_is_configured()
    {
        await using Collector collector = await Collector.StartAsync();
        await using Rig rig = await Rig.StartAsync();
        using (Start(new TelemetrySettings(collector.Address, TelemetryProtocol.HttpProtobuf, null, TimeSpan.FromMinutes(10))))
        {
            await rig.SendAsync();
            // The span ends after its answer was sent.
            await rig.StopAsync();
        }

        Assert.That(collector.Sent.Keys, Is.EquivalentTo(new[] { "/v1/metrics", "/v1/traces" }));
        Assert.That(collector.Sent["/v1/metrics"], Does.Contain("provision.requests").And.Contain("http.server.request.duration"));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task OpenTelemetry_s_own_variables_count_where_the_configuration_is_silent(bool isDisabled)
    {
        await using Collector collector = await Collector.StartAsync();
        await using Rig rig = await Rig.StartAsync();
        Dictionary<string, string> variables = new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.AbsoluteUri, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_SERVICE_NAME"] = "provision-of-contoso", ["OTEL_SDK_DISABLED"] = isDisabled ? "true" : "false",
        };
        try
        {
            foreach ((string name, string value) in variables) Environment.SetEnvironmentVariable(name, value);
            using TelemetryExport? export = Start(new TelemetrySettings());
            Assert.That(export, isDisabled ? Is.Null : Is.Not.Null);
            await rig.SendAsync();
            await rig.StopAsync();
        }
        finally
        {
            foreach (string name in variables.Keys) Environment.SetEnvironmentVariable(name, null);
        }

        Assert.That(collector.Sent.Keys, Is.EquivalentTo(isDisabled ? Array.Empty<string>() : ["/v1/metrics", "/v1/traces"]));
        Assert.That(collector.Sent.Values, Is.All.Contains("provision-of-contoso"));
    }

    [Test]
    public void Without_a_collector_nothing_is_sent() => Assert.That(TelemetryTargets.Find(new TelemetrySettings()), Is.Null);

    private static TelemetryExport? Start(TelemetrySettings settings) =>
        TelemetryTargets.Find(settings) is { } targets ? TelemetryExport.Start(targets) : null;

    [Test]
    [Explicit("A measurement")]
    public async Task How_many_requests_pass_in_a_second()
    {
        await using Rig rig = await Rig.StartAsync(""" "RateLimit": { "PerSecond": 1000000, "Burst": 1000000 } """);
        KeyText key = await rig.KeyAsync();
        Stopwatch watch = Stopwatch.StartNew();
        long done = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            while (watch.Elapsed < TimeSpan.FromSeconds(5))
            {
                await rig.AskAsync(key);
                Interlocked.Increment(ref done);
            }
        }));
        TestContext.Out.WriteLine($"{done / watch.Elapsed.TotalSeconds:0} requests/s");
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"));
}
