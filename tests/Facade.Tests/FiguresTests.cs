using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
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
        ConcurrentDictionary<string, string> sent = [];
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.Listen(System.Net.IPAddress.Loopback, 0));
        await using WebApplication collector = builder.Build();
        collector.Run(async context =>
        {
            using StreamReader reader = new(context.Request.Body, System.Text.Encoding.Latin1);
            sent[context.Request.Path] = await reader.ReadToEndAsync();
        });
        await collector.StartAsync();
        string address = collector.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()?.Addresses.First() ?? "";
        await using Rig rig = await Rig.StartAsync();
        using (TelemetryExport.Start(new TelemetrySettings(new Uri(address), TelemetryProtocol.HttpProtobuf, null, TimeSpan.FromMinutes(10))))
        {
            await rig.SendAsync();
            // The span ends after its answer was sent.
            await rig.StopAsync();
        }

        Assert.That(sent.Keys, Is.EquivalentTo(new[] { "/v1/metrics", "/v1/traces" }));
        Assert.That(sent["/v1/metrics"], Does.Contain("provision.requests"));
    }

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
