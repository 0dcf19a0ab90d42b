using System.Globalization;
using System.Net;
using System.Text;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>Requests put together at random from what is almost right, by a caller who may do everything.</summary>
public sealed class SystemFuzzTests
{
    private static readonly string[] Methods = ["GET", "GET", "PUT", "PUT", "PATCH", "POST", "DELETE"];
    private static readonly string[] Paths = ["", "/", "/ID", "/ID/", "/u001@contoso.com", "/nobody",
        "/%00", "/%F0%9F%98%80", "/..%2f..", "/+12065550147", "/ID/more", "/'quoted'", "/" + "0123456789012345678901234567890123456789"];
    private static readonly string[] Names = ["_fields", "_queryFilter", "_queryId", "_pageSize",
        "_pagedResultsCookie", "_pagedResultsOffset", "_sortKeys", "_prettyPrint", "_mimeType",
        "_dryRun", "_action", "_totalPagedResultsPolicy", "_queryExpression", "_api", "x", "_", "%5ffields", ""];
    private static readonly string[] Values = ["", "true", "false", "*", "userPrincipalName",
        "__phoneAuthenticationMethods__", "authenticationMethods/0/id", "_id", "-1", "0", "1",
        "99999999999", "query-all-ids", "liveSync", "create", "test", "text/plain", "a,b,,c",
        "%", "%zz", "%00", "displayName%20eq%20%22x%22", "displayName%20sw%20%22User%22", "((((true))))",
        "!(_id%20pr)", "displayName%20in%20%27[1]%27", "x%20and", "/", "//", "~1", "-displayName", "%2BuserPrincipalName", "EXACT"];
    private static readonly string[] Headers = ["If-Match", "If-None-Match", "X-Dry-Run", "Accept-API-Version",
        "X-HTTP-Method-Override", "Accept", "If-Modified-Since", "X-ForgeRock-TransactionId"];
    private static readonly string[] Heads = ["*", "\"x\"", "x", "\"", "", "true", "yes", "resource=1.0",
        "protocol=9.0", "resource=2.0", "PUT", "PATCH", "GET", "NONSENSE", "text/html", "W/\"x\", \"y\""];
    private static readonly string[] Types = ["application/json", "application/json;charset=utf-8",
        "text/plain", "application/json;charset=utf-16", "multipart/form-data"];
    private static readonly string[] Pieces = ["{", "}", "[", "]", "null", "true", "1e999", "\"__phoneAuthenticationMethods__\"",
        ":", ",", "\"+1 2065550147:mobile\"", "\"+1 2065550148:office\"", "\"__emailAuthenticationMethod__\"",
        "\"k@example.org\"", "\"__removeFido2Methods__\"", "\"f1\"", "\"\\ud800\"", "\"operation\"",
        "\"add\"", "\"remove\"", "\"field\"", "\"value\"", "\"_id\"", "\"\"", "\u0000", "é"];
    private static readonly string[] Bodies =
    [
        "{}", "[]", "", """{"__phoneAuthenticationMethods__":["+1 2065550147:mobile"]}""", """{"__phoneAuthenticationMethods__":null}""",
        """{"__emailAuthenticationMethod__":"k@example.org"}""", """{"__removeFido2Methods__":["f1","f1"]}""",
        """{"__smsSignIn__":true}""", """{"__preferredMethod__":"sms"}""", """{"authenticationMethods":[{"id":"x"}]}""",
        """{"displayName":"User 001","_rev":5}""",
        """{"__phoneAuthenticationMethods__":["+1 2065550147:mobile","+1 2065550147:mobile"],"__PHONEauthenticationMethods__":[]}""",
        """[{"operation":"add","field":"/__phoneAuthenticationMethods__","value":"+1 2065550147:office"}]""",
        """[{"operation":"remove","field":"__phoneAuthenticationMethods__"}]""", """[{"operation":"replace","field":"/_id","value":"x"}]""",
        """[{"operation":"increment","field":"/mail","value":1}]""",
    ];

    [TestCase(1, 2_500)]
    [TestCase(2, 100_000, Explicit = true, Reason = "A minute and more")]
    public async Task Whatever_is_sent_is_answered_and_no_answer_is_a_mistake_of_ours(int seed, int count)
    {
        TestContext.Out.WriteLine($"seed {seed}, {count} requests");
        await using SystemBench bench = await SystemBench.StartAsync(SystemBench.Some(5),
            tenant: """ , "Guardrails": { "MaxUpdates": "none", "MaxAdds": "none", "MaxDeletes": "none", "MaxLastPhone": "none" } ,"""
                + """ "Quota": { "ReadsPerSecond": 100000, "ReadBurst": 100000, "WritesPerSecond": 100000, "WriteBurst": 100000 } """);
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(20));
        int[] seen = new int[600];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = patience.Token }, async (i, cancellation) =>
        {
            using HttpRequestMessage request = Request(bench, new Random((seed * 1_000_003) + i));
            using HttpResponseMessage response = await bench.Rig.Client.SendAsync(request, cancellation);
            Interlocked.Increment(ref seen[(int)response.StatusCode]);
            string body = await response.Content.ReadAsStringAsync(cancellation);
            if (response.StatusCode == HttpStatusCode.InternalServerError) Assert.That(body, Does.Contain("partlyDone"),
                $"seed {seed}, number {i}: {request.Method} {request.RequestUri}");
        });
        TestContext.Out.WriteLine(string.Join(", ", Enumerable.Range(0, 600).Where(s => seen[s] > 0).Select(s => $"{s}: {seen[s]}")));
        Assert.That(bench.Rig.Log, Does.Not.Contain("mistake").And.Not.Contain("2065550147").And.Not.Contain("k@example.org"));
        Assert.That((await bench.GetAsync(SystemBench.PathOf(1))).Status, Is.EqualTo(200));
        Assert.That(seen[200], Is.GreaterThan(count / 50));
    }

    private static HttpRequestMessage Request(SystemBench bench, Random random)
    {
        StringBuilder path = new(random.Next(12) == 0 ? "/openidm/system/azuread" : random.Next(20) == 0 ? "/openidm/system" : SystemBench.Users);
        path.Append(Pick(random, Paths).Replace("ID", SystemBench.Id(random.Next(1, 7)), StringComparison.Ordinal));
        for (int i = random.Next(3); i > 0; i--) path.Append(CultureInfo.InvariantCulture,
            $"{(path.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Pick(random, Names)}={Pick(random, Values)}");
        HttpRequestMessage request = new(new HttpMethod(Pick(random, Methods)), path.ToString());
        request.Headers.TryAddWithoutValidation(Rig.Bearer(bench.Key).Name, Rig.Bearer(bench.Key).Value);
        if (random.Next(3) == 0) request.Headers.TryAddWithoutValidation(Pick(random, Headers), Pick(random, Heads));
        if (request.Method != HttpMethod.Get || random.Next(10) == 0)
        {
            string body = random.Next(4) == 0 ? string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Pick(random, Pieces))) : Pick(random, Bodies);
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(4) == 0 ? Pick(random, Types) : "application/json");
        }

        return request;
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
