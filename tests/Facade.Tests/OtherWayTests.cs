using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Tests.Plain;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>A right is asked for on whatever way a request takes, and no way leads past the credentials (docs/threat-model.md#callers-and-rights).</summary>
public sealed class OtherWayTests
{
    private const string User = "/openidm/system/one/user/ben@contoso.com";
    private const string Phones = """{"__phoneAuthenticationMethods__":[]}""";
    private const string Patch = """[{"operation":"remove","field":"/__phoneAuthenticationMethods__"}]""";
    private const string Phone = PlainStage.Base + "ben@contoso.com/phones/mobile";

    private const string Number = """{"number":"+1 2065550199"}""";

    private static readonly (string Method, string Path, string? Body, (string Name, string Value)[] Headers)[] Writes =
    [
        ("PUT", User, Phones, []), ("PATCH", User, Patch, []), ("POST", User + "?_action=patch", Patch, []), ("POST", User + "?_action=update", Phones, []),
        ("POST", User, Phones, [("X-HTTP-Method-Override", "PUT")]), ("POST", User, Patch, [("X-HTTP-Method-Override", "PATCH")]),
        ("POST", User, null, [("X-HTTP-Method-Override", "DELETE")]), ("POST", User, Phones, [("X-Method-Override", "PUT")]),
        ("GET", User + "?_method=PUT", Phones, [("X-HTTP-Method-Override", "PUT")]), ("PUT", User, Phones, [("X-HTTP-Method-Override", "GET")]),
        ("HEAD", User, null, [("X-HTTP-Method-Override", "DELETE")]), ("put", User, Phones, []),
        ("PUT", User + "/", Phones, []), ("PUT", User.Replace("/user/", "/USER/", StringComparison.Ordinal), Phones, []),
        ("PUT", User.Replace("/one/", "/ONE/", StringComparison.Ordinal), Phones, []),
        ("PUT", User.Replace("/one/", "//one/", StringComparison.Ordinal), Phones, []),
        ("PUT", User.Replace("/one/", "/%6Fne/", StringComparison.Ordinal), Phones, []),
        ("PUT", User.Replace("/one/", "/two/../one/", StringComparison.Ordinal), Phones, []),
        ("PUT", User.Replace("/one/", "/two/%2e%2e/one/", StringComparison.Ordinal), Phones, []), ("PUT", User + "?_fields=*&_fields=x", Phones, []),
        ("PUT", User.Replace("/user/", ";x=1/user/", StringComparison.Ordinal), Phones, []), ("PUT", "http://localhost" + User, Phones, []),
        ("DELETE", Phone, null, []), ("PUT", Phone, Number, []), ("POST", Phone, null, [("X-HTTP-Method-Override", "DELETE")]),
        ("GET", Phone + "?_method=DELETE", null, [("X-HTTP-Method-Override", "DELETE")]), ("DELETE", Phone + "/", null, []),
        ("DELETE", Phone.Replace("/one/", "/two/%2e%2e/one/", StringComparison.Ordinal), null, []),
        ("POST", "/openidm/system/one?_action=approve", """{"allow":{"deletes":312},"for":"01:00:00","reason":"x"}""", []),
        ("POST", "/openidm/recon?_action=recon&mapping=x", null, []), ("POST", User + "?_action=liveSync", null, []),
    ];

    [Test]
    public async Task A_key_that_may_only_read_writes_by_no_way([Values] bool isKnown)
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        KeyText read = await stage.Rig.KeyAsync("read", rights: [Right.Read, Right.ReadFull, Right.Plan]);
        (string Name, string Value) credential = isKnown ? Rig.Bearer(read) : Rig.Bearer(KeyText.New());
        foreach ((string method, string path, string? body, (string Name, string Value)[] headers) in Writes)
        {
            int status = await RawHttp.StatusAsync(stage.Rig, method, path, [credential, .. headers], body ?? "");
            bool isRead = method is "GET" or "HEAD";

            Assert.That(status,
                !isKnown ? Is.EqualTo(401).Or.EqualTo(400) : isRead ? Is.EqualTo(200).Or.InRange(400, 501) : Is.InRange(400, 499).Or.EqualTo(501),
                $"{method} {path} {string.Join(";", headers)}");
        }

        Assert.That(stage.Applied, Is.Empty);
        Assert.That(await RawHttp.StatusAsync(stage.Rig, "PUT", Phone, [Rig.Bearer(stage.Key)], Number), Is.EqualTo(200));
        Assert.That(stage.Applied, Has.Length.EqualTo(1), "with the right it is a write");
    }
}
