using System.Text;
using ProvisioningConnector.Facade.Tests.Plain;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>What is small to send and large to work on is refused before any work, and others are answered (docs/threat-model.md#floods-and-bombs).</summary>
public sealed class BombTests
{
    private const string User = "/openidm/system/one/user/ada@contoso.com";
    private const string Query = "/openidm/system/one/user?_queryFilter=";
    private const string Phone = PlainStage.Base + "ada@contoso.com/phones/mobile";

    private static IEnumerable<(string What, string Method, string Path, string? Body, (string Name, string Value)[] Headers)> Bombs()
    {
        yield return ("a filter nested deeply", "GET", Query + Repeat("(", 300) + "true" + Repeat(")", 300), null, []);
        yield return ("a filter of negations", "GET", Query + Repeat("!", 1500) + "(true)", null, []);
        yield return ("a long text in a filter", "GET", Query + $"mail+eq+%22{Repeat("%5C%22", 20_000)}%22", null, []);
        yield return ("many parameters", "GET", "/openidm/system/one/user?" + Repeat("x=1&", 5000), null, []);
        yield return ("many fields", "GET", User + "?_fields=" + Repeat("x,", 10_000), null, []);
        yield return ("a page of everything", "GET", Query + "true&_pageSize=" + Repeat("9", 400), null, []);
        yield return ("an offset beyond all numbers", "GET", Query + "true&_pagedResultsOffset=" + Repeat("9", 400), null, []);
        yield return ("a deep path", "GET", "/openidm/system/one/user" + Repeat("/x", 9000), null, []);
        yield return ("many operations", "PATCH", User, $"[{Repeat("""{"operation":"remove","field":"/x"},""", 1001)}{{}}]", []);
        foreach ((string method, string path) in ((string, string)[])[("PUT", User), ("PUT", Phone)])
        {
            yield return ("nested arrays", method, path, Repeat("[", 100_000), []);
            yield return ("nested objects", method, path, Repeat("{\"a\":", 10_000) + "1" + Repeat("}", 10_000), []);
            yield return ("a large exponent", method, path, """{"x":1e999999999}""", []);
            yield return ("a long number", method, path, $$"""{"x":{{Repeat("9", 100_000)}}}""", []);
            yield return ("one name many times", method, path, $$"""{{{Repeat("\"a\":1,", 20_000)}}"a":1}""", []);
            yield return ("many names", method, path, $$"""{{{string.Concat(Enumerable.Range(0, 10_000).Select(n => $"\"a{n}\":1,"))}}"a":1}""", []);
            yield return ("many values", method, path, $$"""{"__phoneAuthenticationMethods__":[{{Repeat("\"x\",", 20_000)}}"x"]}""", []);
            yield return ("many escapes", method, path, $$"""{"x":"{{Repeat("\\u0000", 20_000)}}"}""", []);
        }

        yield return ("a long header", "GET", User, null, [("X-Long", Repeat("x", 100_000))]);
        yield return ("a long credential", "GET", User, null, [("X-OpenIDM-Password", Repeat("x", 100_000))]);
        yield return ("many headers", "GET", User, null, [.. Enumerable.Range(0, 200).Select(n => ($"X-{n}", "x"))]);
        yield return ("many revisions", "PUT", User, "{}", [("If-Match", string.Join(",", Enumerable.Range(0, 5000).Select(n => $"\"{n}\"")))]);
    }

    [Test]
    public async Task What_is_small_to_send_and_large_to_work_on_is_refused()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        foreach ((string what, string method, string path, string? body, (string Name, string Value)[] headers) in Bombs())
        {
            int status = await RawHttp.StatusAsync(stage.Rig, method, path, [Rig.Bearer(stage.Key), .. headers], body ?? "");

            Assert.That(status, Is.InRange(400, 499).Or.Zero, $"{what} {method} {path[..Math.Min(40, path.Length)]}");
        }

        Assert.That(stage.Applied, Is.Empty);
        Assert.That(stage.Rig.Log, Does.Not.Contain("Internal error"));
        Assert.That((await stage.GetAsync("ada@contoso.com/phones")).Status, Is.EqualTo(200));
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
