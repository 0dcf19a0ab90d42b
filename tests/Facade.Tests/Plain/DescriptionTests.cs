using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.OpenApi;
using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>The descriptions are valid and show exactly what is served; the page needs nothing from elsewhere.</summary>
public sealed class DescriptionTests
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] AboutItself = ["GET /api/v1/", "GET /api/v1/openapi.json", "GET /api/v1/swagger.json"];

    [TestCase("/api/v1/openapi.json", OpenApiSpecVersion.OpenApi3_1)]
    [TestCase("/api/v1/swagger.json", OpenApiSpecVersion.OpenApi2_0)]
    public async Task A_description_is_valid_and_reports_every_route_and_no_other(string path, OpenApiSpecVersion version)
    {
        List<string> routes = [];
        IEndpointRouteBuilder? all = null;
        await using Rig rig = await Rig.StartAsync(map: r => all = r);
        foreach (RouteEndpoint route in all!.DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            string pattern = "/" + route.RoutePattern.RawText?.TrimStart('/');
            if (pattern.StartsWith("/api/",
                StringComparison.Ordinal)) routes.AddRange(route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} {pattern}"));
        }

        Answer answer = await rig.AskAsync(await rig.KeyAsync(), path);
        ReadResult read = OpenApiDocument.Parse(answer.Body, "json");

        Assert.That((answer.Status, read.Diagnostic?.SpecificationVersion), Is.EqualTo((200, version)));
        Assert.That(read.Diagnostic?.Errors.Concat(read.Diagnostic.Warnings).Select(e => $"{e.Pointer}: {e.Message}"), Is.Empty);
        string[] described = [.. read.Document!.Paths.SelectMany(p => p.Value.Operations!.Select(o => $"{o.Key.Method} {p.Key}"))];
        Assert.That(described, Is.EquivalentTo(routes.Except(AboutItself)));
        Assert.That(described, Is.Unique.And.Not.Empty);
    }

    [Test]
    public void Every_reference_example_and_parameter_of_both_descriptions_holds()
    {
        foreach (JsonObject document in new[] { OpenApi31.Make("https://provision.contoso.com"), Swagger20.Make("https", "provision.contoso.com") })
        {
            foreach (string reference in References(document)) Assert.That(Find(document, reference), Is.Not.Null, reference);
        }

        foreach (PlainOperation operation in PlainOperations.All)
        {
            Assert.That(operation.Id, Does.Match("^[A-Za-z]+$"));
            Assert.That((operation.Summary, operation.Description), Is.Not.EqualTo(("", "")));
            foreach (string name in operation.Answers.Select(a => a.Schema).Append(operation.Body?.Schema).OfType<string>())
                Assert.That(Schemas.Make("#/").Select(s => s.Key), Does.Contain(name));
            foreach (AnswerShape answer in operation.Answers.Where(a => a.Example is not null)) Fits(answer.Schema!, answer.Example!);
            if (operation.Body is { } body) Fits(body.Schema, body.Example);
        }

        Assert.That(PlainOperations.All.Select(o => o.Id), Is.Unique);
    }

    [Test]
    public void The_description_for_custom_connectors_has_nothing_that_these_do_not_know()
    {
        string text = Swagger20.Make("https", "provision.contoso.com").ToJsonString();

        foreach (string unknown in new[] { "anyOf", "oneOf", "allOf", "nullable", "\"null\"",
            "requestBody", "components", "additionalProperties\":{" }) Assert.That(text, Does.Not.Contain(unknown));
        Assert.That(Swagger20.Make("https", "h")["securityDefinitions"]!.AsObject(), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_sample_connector_is_what_the_product_describes()
    {
        string folder = Path.Combine(Checkout.Root, "config", "samples", "power-platform");

        string file = Path.Combine(folder, "apiDefinition.swagger.json");
        JsonNode made = Swagger20.Make("https", "provision.contoso.com");
        if (Environment.GetEnvironmentVariable("RECORD_DOCUMENTS") == "1") File.WriteAllText(file, made.ToJsonString(Layout) + "\n");

        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(file)), made), Is.True, "RECORD_DOCUMENTS=1 writes it anew");
        JsonNode? properties = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "apiProperties.json")));
        Assert.That(properties?["properties"]?["connectionParameters"]?.AsObject().Select(p => p.Key), Is.EqualTo(new[] { "username", "password" }));
    }

    [Test]
    public async Task The_page_runs_its_own_script_only_and_asks_a_person_for_a_key()
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync("browser");

        Answer anonymous = await rig.SendAsync("/api/v1/");
        Answer page = await rig.SendAsync("/api/v1/", headers: [Rig.Basic("browser", key.Reveal())]);

        Assert.That((anonymous.Status, anonymous.Headers["WWW-Authenticate"][..5]), Is.EqualTo((401, "Basic")));
        Assert.That((await rig.SendAsync("/api/v1/openapi.json")).Headers["WWW-Authenticate"], Does.StartWith("Bearer"));
        Assert.That((page.Status, page.Headers["Content-Type"]), Is.EqualTo((200, "text/html; charset=utf-8")));
        Assert.That(page.Headers["Content-Security-Policy"],
            Does.Contain("default-src 'none'").And.Contain("connect-src 'self'").And.Match("script-src 'sha256-[^']+';").And.Not.Contain("unsafe"));
        Assert.That(page.Body,
            Does.Not.Contain("http://").And.Not.Contain("https://").And.Not.Contain("src=").And.Not.Contain("innerHTML")
                .And.Not.Contain("/*SCRIPT*/").And.Not.Contain("/*STYLE*/"));
    }

    private static void Fits(string schema, string example)
    {
        JsonObject reported = Schemas.Make("#/")[schema]!.AsObject();
        JsonObject value = JsonNode.Parse(example)!.AsObject();
        string[] known = [.. reported["properties"]?.AsObject().Select(p => p.Key) ?? []];
        Assert.That(value.Select(p => p.Key), Is.SubsetOf(known), schema);
        Assert.That(reported["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? [], Is.SubsetOf(value.Select(p => p.Key)), schema);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(p => p.Key == "$ref" ? [p.Value!.GetValue<string>()] : References(p.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Find(JsonNode document, string reference) => reference[2..].Split('/').Aggregate((JsonNode?)document, (node, part) => node?[part]);
}
