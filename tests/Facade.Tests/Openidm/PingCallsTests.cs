using System.Text;

namespace ProvisioningConnector.Facade.Tests.Openidm;

/// <summary>The calls of Ping's page "Authentication methods (MS Graph API)": names, headers, slash at the end and all.</summary>
public sealed class PingCallsTests
{
    private const string Seed = """
        "users": [ { "id": "88080bec-30bd-4026-b5af-5d4607dc7ccc", "userPrincipalName": "u@contoso.com",
          "phones": { "mobile": "+1 5555550000", "office": "+1 5555550001" }, "email": "old@example.com",
          "methods": [ { "kind": "fido2", "id": "fido-1" }, { "kind": "fido2", "id": "fido-2" },
            { "kind": "microsoftAuthenticator", "id": "app-1" }, { "kind": "softwareOath", "id": "oath-1" } ] } ]
        """;

    private static readonly TestCaseData[] Calls =
    [
        new TestCaseData("GET", "", null, "authenticationMethods", "#microsoft.graph.passwordAuthenticationMethod", null).SetName("List the methods"),
        new TestCaseData("PUT", "If-None-Match: *", """{ "__emailAuthenticationMethod__": "add_email@example.com" }""",
            "authenticationMethods", "add_email@example.com", "old@example.com").SetName("Create or update the e-mail method"),
        new TestCaseData("PUT", "If-None-Match: *", """{ "__emailAuthenticationMethod__": null }""",
            "authenticationMethods", "phoneAuthenticationMethod", "emailAuthenticationMethod").SetName("Remove the e-mail method"),
        new TestCaseData("PUT", "If-None-Match: *",
            """{ "__phoneAuthenticationMethods__": [ "+1 5555551234:mobile", "+1 5555551235:alternate_mobile", "+1 5555551236:office" ] }""",
            "__phoneAuthenticationMethods__", "+1 5555551235:ALTERNATE_MOBILE", "+1 5555550000").SetName("Set the phones"),
        new TestCaseData("PUT", "If-None-Match: *", """{ "__phoneAuthenticationMethods__": [] }""",
            "authenticationMethods", "fido-1", "phoneAuthenticationMethod").SetName("Remove the phones"),
        new TestCaseData("PUT", "If-None-Match: *", """{ "__removeMicrosoftAuthenticatorMethods__": [ "app-1" ] }""",
            "authenticationMethods", "fido-1", "app-1").SetName("Remove an Authenticator"),
        new TestCaseData("PUT", "If-None-Match: *", """{ "__removeFido2Methods__": [ "fido-1" ] }""",
            "authenticationMethods", "fido-2", "fido-1").SetName("Remove a security key"),
        new TestCaseData("PUT", "If-None-Match: *", """{ "__removeSoftwareOathMethods__": [ "oath-1" ] }""",
            "authenticationMethods", "fido-1", "oath-1").SetName("Remove a software token"),
        new TestCaseData("PUT", "If-Match: *", """{ "__phoneAuthenticationMethods__": "+1 5555559999:mobile" }""",
            "__phoneAuthenticationMethods__", "+1 5555559999:MOBILE", "OFFICE").SetName("If-Match, and one text instead of a list"),
    ];

    [TestCaseSource(nameof(Calls))]
    public async Task The_call_does_what_its_page_says(string method, string header, string? body, string field, string holds, string? lacks)
    {
        await using SystemBench bench = await SystemBench.StartAsync(Seed, """ "LoopbackAccounts": { "openidm-admin": "openidm-admin" } """);
        List<(string, string)> headers = [("X-OpenIDM-Username", "openidm-admin"), ("X-OpenIDM-Password", "openidm-admin"),
            ("Accept-API-Version", "resource=1.0")];
        if (header.Split(": ") is [var name, var value]) headers.Add((name, value));
        foreach (string query in (string[])["", "/", $"/?_fields={field}", $"?_fields={field}"])
        {
            if (method == "GET" && !query.Contains('_', StringComparison.Ordinal)) continue;
            Answer answer = await bench.Rig.SendAsync(
                $"/openidm/system/azuread/user/88080bec-30bd-4026-b5af-5d4607dc7ccc{query}", method,
                body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), [.. headers]);

            Assert.That(answer.Status, Is.EqualTo(200), answer.Body);
            Assert.That(answer.Body, Does.StartWith("""{"_id":"88080bec-30bd-4026-b5af-5d4607dc7ccc","_rev":"""));
            string shown = answer.Json().GetProperty(field).GetRawText();
            Assert.That(shown, Does.Contain(holds));
            if (lacks is not null) Assert.That(shown, Does.Not.Contain(lacks));
            Assert.That(answer.Headers["ETag"], Is.EqualTo($"\"{answer.Json().GetProperty("_rev").GetString()}\""));
            Assert.That((answer.Headers["Content-Type"], answer.Headers["Content-API-Version"], answer.Headers["Cache-Control"]),
                Is.EqualTo(("application/json; charset=UTF-8", "protocol=2.1,resource=1.0", "no-store")).Or.EqualTo(("application/json;charset=UTF-8",
                    "protocol=2.1,resource=1.0", "no-store")));
        }
    }
}
