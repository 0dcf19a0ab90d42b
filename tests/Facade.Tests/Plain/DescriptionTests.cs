using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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

    private static readonly string[] AboutItself = ["GET /api/v1/", "GET /api/v1/openapi.json", "GET /api/v1/swagger.json", "GET /api/v1/scalar.js",
        "GET /api/v1/scalar.aspnetcore.js", "GET /api/v1/favicon.svg"];

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
        Assert.That(AboutItself, Is.SubsetOf(routes));
    }

    [Test]
    public async Task Every_reference_example_and_parameter_of_both_descriptions_holds()
    {
        (JsonObject newest, JsonObject old) = await MadeAsync();
        foreach (JsonObject document in new[] { newest, old })
        {
            foreach (string reference in References(document)) Assert.That(Find(document, reference), Is.Not.Null, reference);
        }

        JsonObject schemas = newest["components"]!["schemas"]!.AsObject();
        foreach (PlainOperation operation in PlainOperations.All)
        {
            Assert.That(operation.Id, Does.Match("^[A-Za-z]+$"));
            Assert.That((operation.Summary, operation.Description), Is.Not.EqualTo(("", "")));
            foreach (AnswerShape answer in operation.Answers.Where(a => a.Example is not null)) Fits(schemas, answer.Type!, answer.Example!);
            if (operation.Body is { } body) Fits(schemas, body.Type, body.Example);
        }

        Assert.That(PlainOperations.All.Select(o => o.Id), Is.Unique);
    }

    /// <summary>The fixtures are the documents as they were written by hand: clients are made of them, so they only grow.</summary>
    [Test]
    public async Task What_is_described_stays_as_it_was()
    {
        (JsonObject newest, JsonObject old) = await MadeAsync();

        Assert.That(Lines(newest), Is.EquivalentTo(Lines(Fixture("openapi-3.1.json"))));
        Assert.That(Lines(old), Is.EquivalentTo(Lines(Fixture("swagger-2.0.json"))));
    }

    [Test]
    public async Task The_description_for_custom_connectors_has_nothing_that_these_do_not_know()
    {
        JsonObject old = (await MadeAsync()).Old;
        string text = old.ToJsonString();

        foreach (string unknown in new[] { "anyOf", "oneOf", "allOf", "nullable", "\"null\"",
            "requestBody", "components", "additionalProperties\":{" }) Assert.That(text, Does.Not.Contain(unknown));
        Assert.That(old["securityDefinitions"]!.AsObject(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_description_for_custom_connectors_fits_the_schema_of_Swagger_2_0()
    {
        JsonObject old = (await MadeAsync()).Old;
        JsonObject schema = Fixture("swagger-2.0.schema.json");
        JsonObject broken = old.DeepClone().AsObject();
        broken["paths"]!["/api/v1/tenants/{tenant}/users/{user}/phones"]!["get"]!["responses"] = new JsonObject();

        Assert.That(SchemaCheck.Faults(schema, old), Is.Empty);
        Assert.That(SchemaCheck.Faults(schema, broken), Is.Not.Empty, "the check finds what is wrong");
    }

    [Test]
    public async Task The_sample_connector_is_what_the_product_describes()
    {
        string folder = Path.Combine(Checkout.Root, "config", "samples", "power-platform");

        string file = Path.Combine(folder, "apiDefinition.swagger.json");
        JsonNode made = (await MadeAsync()).Old;
        if (Environment.GetEnvironmentVariable("RECORD_DOCUMENTS") == "1") await File.WriteAllTextAsync(file, made.ToJsonString(Layout) + "\n");

        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(await File.ReadAllTextAsync(file)), made), Is.True, "RECORD_DOCUMENTS=1 writes it anew");
        JsonNode? properties = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "apiProperties.json")));
        Assert.That(properties?["properties"]?["connectionParameters"]?.AsObject().Select(p => p.Key), Is.EqualTo(new[] { "username", "password" }));
    }

    [Test]
    public async Task The_page_runs_its_own_script_only_and_asks_a_person_for_a_key()
    {
        await using Rig rig = await Rig.StartAsync();
        KeyText key = await rig.KeyAsync("browser");

        Answer anonymous = await rig.SendAsync("/api/v1/");
        Answer page = await rig.SendAsync("/api/v1/", headers: [Rig.Basic("browser", key.Reveal())]);
        Answer again = await rig.SendAsync("/api/v1/", headers: [Rig.Basic("browser", key.Reveal())]);

        Assert.That((anonymous.Status, anonymous.Headers["WWW-Authenticate"][..5]), Is.EqualTo((401, "Basic")));
        Assert.That((await rig.SendAsync("/api/v1/openapi.json")).Headers["WWW-Authenticate"], Does.StartWith("Bearer"));
        Assert.That((page.Status, page.Headers["Content-Type"]), Is.EqualTo((200, "text/html; charset=utf-8")));
        // Styles are set by the package's script; without its nonce no script runs, and nothing goes elsewhere.
        string policy = page.Headers["Content-Security-Policy"];
        Assert.That(policy, Does.Contain("default-src 'none'").And.Contain("connect-src 'self'").And.Match("script-src 'nonce-[^']{20,}';")
            .And.Not.Contain("unsafe-eval").And.Not.Contain("http"));
        Assert.That(again.Headers["Content-Security-Policy"], Is.Not.EqualTo(policy), "each page has a nonce of its own");
        string nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.That(page.Body.Split("<script").Skip(1), Has.All.Contains($"nonce=\"{nonce}\""));
        Assert.That(page.Body, Does.Not.Contain("http://").And.Not.Contain("https://").And.Not.Contain("src=\"/").And.Not.Contain("src=\"//"));
        foreach (string asset in (string[])["scalar.js", "scalar.aspnetcore.js", "favicon.svg"])
        {
            Answer refused = await rig.SendAsync("/api/v1/" + asset);
            Assert.That((refused.Status, refused.Headers["WWW-Authenticate"][..5]), Is.EqualTo((401, "Basic")), $"{asset} is behind the key too");
            using HttpRequestMessage request = new(HttpMethod.Get, "/api/v1/" + asset);
            request.Headers.TryAddWithoutValidation("Authorization", Rig.Bearer(key).Value);
            using HttpResponseMessage answer = await rig.Client.SendAsync(request);
            Assert.That((int)answer.StatusCode, Is.EqualTo(200), asset);
        }

        Assert.That((await rig.AskAsync(key, "/api/v1/nothing")).Status, Is.EqualTo(404), "the page is at its own path only");
    }

    private static async Task<(JsonObject Newest, JsonObject Old)> MadeAsync()
    {
        await using Rig rig = await Rig.StartAsync();
        Descriptions made = rig.Server.Services.GetRequiredService<Descriptions>();
        return (await made.NewestAsync("https://provision.contoso.com"), await made.PowerPlatformAsync("https", "provision.contoso.com"));
    }

    private static JsonObject Fixture(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Checkout.Root, "tests", "Facade.Tests", "Plain", "Fixtures", name)))!.AsObject();

    /// <summary>Every value with its place, but what says nothing: a parameter that is not required, an operation's types of content where they are all
    /// operations', an empty example.</summary>
    private static string[] Lines(JsonNode? node, string place = "") => node switch
    {
        JsonObject some => [.. some.Where(p => !(place.Contains("/paths/", StringComparison.Ordinal) && p.Key is "produces" or "consumes"))
            .SelectMany(p => Lines(p.Value, $"{place}/{p.Key}"))],
        JsonArray list => [.. list.SelectMany((item, i) => Lines(item, $"{place}/{i}"))],
        JsonValue value when place.EndsWith("/required", StringComparison.Ordinal) && value.ToJsonString() == "false" => [],
        _ when place.EndsWith("securitySchemes/bearer/description", StringComparison.Ordinal) => [],
        _ => [$"{place}: {node}"],
    };

    private static void Fits(JsonObject schemas, Type type, string example)
    {
        string name = DescribedSchemas.Name(type)!;
        JsonObject reported = schemas[name]!.AsObject();
        JsonObject value = JsonNode.Parse(example)!.AsObject();
        string[] known = [.. reported["properties"]?.AsObject().Select(p => p.Key) ?? []];
        Assert.That(value.Select(p => p.Key), Is.SubsetOf(known), name);
        Assert.That(reported["required"]?.AsArray().Select(r => r!.GetValue<string>()) ?? [], Is.SubsetOf(value.Select(p => p.Key)), name);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject some => some.SelectMany(p => p.Key == "$ref" ? [p.Value!.GetValue<string>()] : References(p.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };

    private static JsonNode? Find(JsonNode document, string reference) => reference[2..].Split('/').Aggregate((JsonNode?)document, (node, part) => node?[part]);
}
