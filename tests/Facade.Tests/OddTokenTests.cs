using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>Whatever comes as a bearer token is answered before anybody is known: with the 401 that everybody gets, never with a mistake of ours.</summary>
public sealed class OddTokenTests
{
    private const string Head = """{"alg":"RS256","kid":"k1","typ":"JWT"}""";
    private static readonly string[] HeadNames = ["alg", "kid", "typ", "cty", "x5t", "x5t#S256",
        "jku", "x5u", "x5c", "jwk", "crit", "b64", "zip", "enc", "", "\\ud800", "\\u0000"];
    private static readonly string[] ClaimNames = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti",
        "roles", "scp", "actort", "_claim_names", "", "\\ud800", "\\u0000"];
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e308", "1e999", "-1e999", "9223372036854775808", "123456789012345678901234567890123456789",
        "\"\"", "\"RS256\"", "\"1700000000\"", "\"\\ud800\"", "\"\\udfff\\ud800\"",
        "[]", "[null]", "[1]", "[\"RS256\"]", "[[\"RS256\"]]", "[{}]", "{}", "{\"a\":1}", "{\"RS256\":null}",
        "{\"\\ud800\":1}", Nested(12), Nested(60), Nested(2000),
    ];

    /// <summary>Whole parts that are no object, or none that can be read in one way only.</summary>
    private static readonly string[] Parts =
    [
        "", " ", "null", "5", "true", "\"x\"", "[]", "[{}]", "{}", "{", "{}{}", "{} ", "\uFEFF{}",
        "{\"alg\":\"RS256\",\"alg\":\"none\"}", "{\"alg\":\"RS256\",\"\\u0061lg\":\"RS256\"}", "{\"alg\":\"RS256\",}", "{'alg':'RS256'}",
        "{\"alg\":\"RS256\" /* */}", "{\"ALG\":\"RS256\"}", "{\"alg\":\"RS256\u0000\"}", "{\"alg\":\"\u00ff\"}",
        Nested(5000), new string('[', 5000), "{\"" + new string('a', 9000) + "\":1}",
    ];

    [TestCase(true)]
    [TestCase(false)]
    public async Task Every_odd_token_gets_the_refusal_that_everybody_gets(bool hasIssuer)
    {
        using RSA rsa = RSA.Create(2048);
        await using Rig rig = await StartAsync(rsa, hasIssuer);
        Answer refused = await rig.SendAsync(headers: ("Authorization", "Bearer a.b.c"));
        foreach (string token in Odd(rsa, signed: false))
        {
            Answer answer = await rig.SendAsync(headers: ("Authorization", $"Bearer {token}"));
            Assert.That((answer.Status, answer.Body, Text(answer)), Is.EqualTo((401, refused.Body, Text(refused))), Shown(token));
        }

        Assert.That(rig.Log, Does.Not.Contain("mistake"));
    }

    [Test]
    public async Task What_the_issuer_itself_signs_oddly_is_accepted_or_refused()
    {
        using RSA rsa = RSA.Create(2048);
        await using Rig rig = await StartAsync(rsa, hasIssuer: true);
        Answer refused = await rig.SendAsync(headers: ("Authorization", "Bearer a.b.c"));
        int welcome = 0;
        foreach (string token in Odd(rsa, signed: true))
        {
            Answer answer = await rig.SendAsync(headers: ("Authorization", $"Bearer {token}"));
            if (answer.Status == 200) welcome++;
            else Assert.That((answer.Status, answer.Body), Is.EqualTo((401, refused.Body)), Shown(token));
        }

        Assert.That(welcome, Is.GreaterThan(20), "most members decide nothing");
        Assert.That(rig.Log, Does.Not.Contain("mistake"));
    }

    [TestCase("""{"alg":["RS256"],"kid":"k1"}""", null)]
    [TestCase("""{"alg":{"RS256":1},"kid":"k1"}""", null)]
    [TestCase("""{"alg":"RS256","kid":["k1"]}""", null)]
    [TestCase("""{"alg":"RS256","kid":"k1","typ":{}}""", null)]
    [TestCase("""{"alg":"RS256","kid":"k1","crit":["exp"]}""", null)]
    [TestCase("""{"alg":"RS256","kid":"k1","kid":"k1"}""", null)]
    [TestCase(null, "\"exp\":\"4102444800\"")]
    [TestCase(null, "\"exp\":{}")]
    [TestCase(null, "\"exp\":1e300")]
    [TestCase(null, "\"nbf\":\"0\"")]
    [TestCase(null, "\"aud\":{\"provision\":1}")]
    [TestCase(null, "\"aud\":[\"provision\",1]")]
    [TestCase(null, "\"iss\":[\"https://issuer\"]")]
    [TestCase(null, "\"sub\":[\"app-1\"]")]
    [TestCase(null, "\"roles\":{\"Reader\":1}")]
    [TestCase(null, "\"x\":1,\"x\":2")]
    public async Task Decisive_claims_must_have_their_type_whatever_the_signature(string? head, string? claim)
    {
        using RSA rsa = RSA.Create(2048);
        await using Rig rig = await StartAsync(rsa, hasIssuer: true);
        string name = claim?.Split(':')[0] ?? "";

        Answer answer = await rig.SendAsync(headers: ("Authorization",
            $"Bearer {Token(rsa, head ?? Head, claim is null ? Claims() : Claims(name.Trim('"'), claim))}"));
        Answer right = await rig.SendAsync(headers: ("Authorization", $"Bearer {Token(rsa, Head, Claims())}"));

        Assert.That((answer.Status, right.Status), Is.EqualTo((401, 200)));
    }

    /// <summary>The key's holder signs, or a caller without a key.</summary>
    private static IEnumerable<string> Odd(RSA rsa, bool signed)
    {
        using RSA other = RSA.Create(2048);
        RSA key = signed ? rsa : other;
        foreach (string value in Values)
        {
            foreach (string name in HeadNames) yield return Token(key, With("""{"alg":"RS256","kid":"k1"}""", name, value), Claims());
            foreach (string name in ClaimNames) yield return Token(key, Head, Claims(name, $"\"{name}\":{value}"));
        }

        foreach (string part in Parts.Where(p => p.Length < 6000 || !signed))
        {
            if (part == "{}" && signed) continue;
            yield return Token(key, part, Claims());
            yield return Token(key, Head, part);
        }

        string right = Token(key, Head, Claims());
        string[] parts = right.Split('.');
        yield return $"{parts[0]}.{parts[1]}.";
        yield return $"{parts[0]}=.{parts[1]}.{parts[2]}";
        yield return $"{parts[0]}.{parts[1]}.{parts[2]}==";
        yield return $"{parts[0]}.{parts[1]}.{parts[2]}A";
        yield return $"{parts[0]}.{parts[1]}.~";
        yield return $"{parts[0]}A.{parts[1]}.{parts[2]}";
        yield return $"{parts[0]}.{parts[1]}+.{parts[2]}/";
        yield return $"..{parts[2]}";
        yield return "..";
    }

    private static async Task<Rig> StartAsync(RSA rsa, bool hasIssuer)
    {
        if (!hasIssuer) return await Rig.StartAsync();
        string keys = Path.Combine(Directory.CreateTempSubdirectory("provision-jwks-").FullName, "keys.json");
        RSAParameters shown = rsa.ExportParameters(false);
        await File.WriteAllTextAsync(keys,
            JsonSerializer.Serialize(new
            {
                keys = new[] { new { kty = "RSA", use = "sig", kid = "k1",
                n = Base64Url.EncodeToString(shown.Modulus), e = Base64Url.EncodeToString(shown.Exponent) } }
            }));
        return await Rig.StartAsync(""" "RateLimit": { "PerSecond": 1000000, "Burst": 1000000 }, "Jwt": { "Issuer": "https://issuer","""
            + $$""" "Audience": "provision", "Keys": "{{keys}}", "Roles": { "Reader": { "Tenants": [ "one" ], "Rights": "read" } } } """);
    }

    /// <summary>Right claims; one of them, or one more, as given.</summary>
    private static string Claims(string name = "", string? claim = null)
    {
        (string Name, string Text)[] right = [("iss", "\"iss\":\"https://issuer\""), ("sub", "\"sub\":\"app-1\""),
            ("aud", "\"aud\":\"provision\""), ("exp", "\"exp\":4102444800"), ("roles", "\"roles\":[\"Reader\"]")];
        return $"{{{string.Join(',', right.Where(c => claim is null || c.Name != name).Select(c => c.Text).Append(claim).OfType<string>())}}}";
    }

    private static string With(string json, string name, string value) => name is "alg" or "kid"
        ? json.Replace(name == "alg" ? "\"alg\":\"RS256\"" : "\"kid\":\"k1\"", $"\"{name}\":{value}", StringComparison.Ordinal)
        : $"{json[..^1]},\"{name}\":{value}}}";

    private static string Token(RSA key, string head, string claims)
    {
        string signed = $"{Part(head)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    // Latin-1, so that single bytes beyond ASCII are no UTF-8.
    private static string Part(string json) => Base64Url.EncodeToString(Encoding.Latin1.GetBytes(json));

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string Shown(string token) => token.Length > 400 ? token[..400] : token;

    private static string Text(Answer answer) => $"{answer.Headers["WWW-Authenticate"]} {answer.Headers["Content-Type"]} {answer.Headers["Content-Length"]}";
}
