using System.Text;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Facade.Tests.Plain;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>No log, figure or span holds a user's name, number or address, or what a caller wrote into a path (docs/safety.md#secrecy).</summary>
[NonParallelizable]
public sealed class SecrecyTests
{
    private const string User = "marker.person@contoso.com";

    private const string Users = $$"""
        { "userPrincipalName": "{{User}}", "displayName": "Marker Person", "mail": "marker.mail@fabrikam.com", "employeeId": "Marker77",
          "phones": { "mobile": "+1 2065559871", "alternateMobile": "+1 2065559872", "office": "+1 2065559873" }, "email": "marker.e@example.org",
          "methods": [ { "kind": "fido2", "displayName": "Marker key" }, { "kind": "softwareOath" } ] }
        """;

    /// <summary>Where Azure Monitor takes all kinds.</summary>
    private const string Azure = "/v2.1/track";

    /// <summary>What must not be found, without regard to case.</summary>
    private static readonly string[] Markers = ["marker", "206555987", "20655598"];

    [Test]
    public async Task Whatever_is_called_no_log_figure_or_span_names_a_person()
    {
        await using Collector collector = await Collector.StartAsync();
        string facade = $$"""
            "RateLimit": { "PerSecond": 100000, "Burst": 100000 },
            "Telemetry": { "Endpoint": "{{collector.Address}}", "Protocol": "HttpProtobuf", "Interval": "00:10:00",
                "AzureMonitor": "InstrumentationKey=00000000-0000-4000-8000-000000000001;IngestionEndpoint={{collector.Address}}" }
            """;
        string log;
        List<int> statuses = [];
        await using (PlainStage stage = await PlainStage.OpenAsync(Users, facade))
        {
            using TelemetryExport? export = TelemetryTargets.Find(stage.Rig.Services.Settings.Facade.Telemetry) is { } targets
                ? TelemetryExport.Start(targets) : null;
            foreach ((string method, string path, string? body) in await CallsAsync(stage))
            {
                StringContent? content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
                statuses.Add((await stage.Rig.SendAsync(path, method, content, Rig.Bearer(stage.Key))).Status);
            }

            await stage.Rig.StopAsync();
            log = stage.Rig.Log;
        }

        Assert.That(statuses, Has.Some.EqualTo(200).And.Some.EqualTo(400).And.Some.EqualTo(404));
        Assert.That(collector.Sent.Keys, Is.EquivalentTo(new[] { "/v1/logs", "/v1/metrics", "/v1/traces", Azure }));
        Assert.That(log, Does.Contain("/users/"), "requests to the tenant are logged");
        Assert.That(collector.Sent["/v1/logs"], Does.Contain("/users/"), "and sent");
        Assert.That(collector.Sent[Azure], Does.Contain("MessageData").And.Contain("MetricData").And.Contain("RequestData").And.Contain("/users/"));
        Assert.That(Found(log), Is.Empty);
        Assert.That(Found(string.Concat(collector.Sent.Values)), Is.Empty);
    }

    /// <summary>Every operation of both APIs, for the user by every name, for a user that is not there, with bodies that fit and that do not.</summary>
    private static async Task<List<(string Method, string Path, string? Body)>> CallsAsync(PlainStage stage)
    {
        ReadResult read = OpenApiDocument.Parse((await stage.Rig.AskAsync(stage.Key, "/api/v1/openapi.json")).Body, "json");
        string[] names = [User, "mail:marker.mail@fabrikam.com", "employeeId:Marker77", "marker.absent@contoso.com", "marker%2F..%2F", "+12065559871"];
        List<(string, string, string?)> calls = [];
        foreach (string name in names)
        {
            foreach ((string path, IOpenApiPathItem item) in read.Document!.Paths)
            {
                foreach (HttpMethod method in item.Operations!.Keys)
                {
                    string filled = Fill(path, name);
                    bool hasBody = method != HttpMethod.Get && method != HttpMethod.Delete;
                    calls.Add((method.Method, filled, hasBody ? Body(filled) : null));
                    calls.Add((method.Method, filled + "?marker=marker&number=%2B12065559871", hasBody ? "{ \"marker\": \"+1 2065559871\" }" : null));
                }
            }

            const string System = "/openidm/system/one/user";
            calls.Add(("GET", $"{System}/{Uri.EscapeDataString(name)}", null));
            calls.Add(("GET", $"{System}?_queryFilter={Uri.EscapeDataString($"__NAME__ eq \"{name}\"")}", null));
            calls.Add(("GET", $"{System}?_queryFilter={Uri.EscapeDataString($"marker co \"{name}")}", null));
            calls.Add(("PUT", $"{System}/{Uri.EscapeDataString(name)}", """{ "__phoneAuthenticationMethods__": [ "+1 2065559874:mobile" ] }"""));
            calls.Add(("PUT", $"{System}/{Uri.EscapeDataString(name)}", """{ "__phoneAuthenticationMethods__": [ "+1 20655598:marker" ] }"""));
            calls.Add(("PATCH", $"{System}/{Uri.EscapeDataString(name)}",
                """[ { "operation": "replace", "field": "/marker", "value": "+1 2065559871" } ]"""));
            calls.Add(("DELETE", $"{System}/{Uri.EscapeDataString(name)}", null));
        }

        calls.Add(("GET", "/openidm/system/marker/user/marker", null));
        calls.Add(("POST", "/openidm/recon?_action=recon&mapping=marker", null));
        calls.Add(("GET", "/marker.person@contoso.com/+12065559871", null));
        calls.Add(("MARKER", "/api/v1/tenants/one/users/" + User, null));
        return calls;
    }

    private static string Fill(string path, string user)
    {
        StringBuilder filled = new();
        foreach (string segment in path.Split('/').Skip(1))
        {
            filled.Append('/').Append(segment switch
            {
                "{tenant}" => "one",
                "{user}" => user.Contains('%', StringComparison.Ordinal) ? user : Uri.EscapeDataString(user),
                "{slot}" or "{type}" or "{phoneType}" => "mobile",
                ['{', ..] => "marker",
                _ => segment,
            });
        }

        return filled.ToString();
    }

    private static string Body(string path) => path.Split('/')[^1] switch
    {
        "mobile" => """{ "number": "+1 2065559875" }""",
        "phones" or "plan" => """{ "mobile": "+1 2065559875" }""",
        "email" => """{ "email": "marker.new@example.org", "address": "marker.new@example.org" }""",
        _ => "{}",
    };

    private static IEnumerable<string> Found(string text) => Markers.SelectMany(marker => Around(text, marker)).Take(10);

    private static IEnumerable<string> Around(string text, string marker)
    {
        for (int at = text.IndexOf(marker, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(marker, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            yield return text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 60)];
        }
    }
}
