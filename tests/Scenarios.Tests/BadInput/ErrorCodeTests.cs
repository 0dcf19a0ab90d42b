using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.BadInput;

/// <summary>Errors of commands carry the code that scripts rely on (docs/codes.md).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ErrorCodeTests
{
    [TestCase("plan @people.csv --input parquet", "unknownFormat")]
    [TestCase("plan @people.csv --allow deltes=3", "unknownAllowance")]
    [TestCase("plan @people.csv --allow deletes=many", "badAllowance")]
    [TestCase("plan @people.csv --rejects @folder", "fileNotWritten")]
    [TestCase("show @damaged.json", "planMalformed")]
    [TestCase("show @newer.json", "planVersion")]
    [TestCase("recovery r20260101T000000Zab1 --report @list.html", "noHtml")]
    [TestCase("methods u00@contoso.com --report @list.json", "noReport")]
    [TestCase("runs prune --tenant contoso", "pruneIsForAll")]
    [TestCase("doctor --release-quarantine --reason Done", "notQuarantined")]
    [TestCase("sandbox reset", "notASandbox")]
    [TestCase("sandbox sample --out @empty.txt", "sampleExists")]
    [TestCase("keys new --name ??? --tenant contoso --rights read", "badName")]
    [TestCase("keys new --name ping --tenant contoso --rights juggle", "unknownRight")]
    [TestCase("keys revoke k000000000000", "unknownKey")]
    [TestCase("set-phone u00@contoso.com 12:mobile --yes", "badPhone")]
    [TestCase("reset-password u00@contoso.com --yes --ask-password", "passwordNeeded")]
    [TestCase("reset-password u00@contoso.com --yes --password-file @none.txt", "passwordFile")]
    [TestCase("reset-password u00@contoso.com --yes --password-file @empty.txt", "passwordEmpty")]
    [TestCase("reset-password u00@contoso.com --yes --password-file @lines.txt", "passwordUnfit")]
    public async Task An_error_has_its_code(string line, string code)
    {
        await using Stage stage = await Crew.StageAsync(1);
        Directory.CreateDirectory(stage.Shell.At("folder"));
        stage.Shell.Write("empty.txt", "");
        stage.Shell.Write("lines.txt", "one\ntwo\n");
        stage.Shell.Write("damaged.json", """{"kind":"plan","formatVersion":"1.0","planId":7}""");
        stage.Shell.Write("newer.json", """{"kind":"plan","formatVersion":"99.0","planId":"p1"}""");

        Answer answer = await stage.RunAsync([.. line.Split(' '), "--format", "json"]);

        Assert.That(answer.Text("code"), Is.EqualTo(code), $"{answer}");
    }

    [TestCase("plan hr --input csv", "formatOfQuery")]
    [TestCase("keys new --name ping --tenant one --tenant two --rights one:read", "noRights")]
    [TestCase("sandbox reset --tenant one", "sandboxFile")]
    [TestCase("plan people.csv --config @nowhere.json", "configuration")]
    public async Task So_has_one_that_comes_from_the_configuration(string line, string code)
    {
        using Shell shell = new();
        shell.Write("settings.json", """
            { "DefaultTenant": "two", "Tenants": { "one": { "Kind": "Sandbox", "Seed": "folder" }, "two": { "Kind": "Sandbox" } },
              "Sources": { "hr": { "Kind": "Sql", "Provider": "Sqlite", "ConnectionString": "Data Source=hr.db", "Query": "SELECT 1" } },
              "Store": { "ConnectionString": "Data Source=store.db" } }
            """);
        Directory.CreateDirectory(shell.At("folder"));

        Answer answer = await shell.RunAsync([.. line.Split(' '), "--format", "json"]);

        Assert.That(answer.Text("code"), Is.EqualTo(code), $"{answer}");
    }

    [TestCase("serve --urls {0}", "cannotListen")]
    [TestCase("sandbox --urls {0}", "sandboxAddress")]
    public async Task An_address_that_is_taken_is_one_line_with_the_remedy_and_has_a_code(string line, string code)
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        await using Stage stage = await Crew.StageAsync(1);

        string words = string.Format(CultureInfo.InvariantCulture, line, $"http://{taken.LocalEndpoint}");
        Answer answer = await stage.RunAsync([.. words.Split(' '), "--format", "json"]);
        Answer text = await stage.RunAsync(words.Split(' '));

        Assert.That(answer.Text("code"), Is.EqualTo(code), $"{answer}");
        string shown = text.Error.TrimEnd();
        Assert.That(shown, Does.StartWith("error: ").And.Contain($"{taken.LocalEndpoint}").And.Contain("--urls").And.Not.Contain("\n"));
    }

    [Test]
    public async Task Writing_the_mobile_of_a_user_in_scope_warns_that_SMS_sign_in_was_switched_on()
    {
        await using Stage stage = await Stage.OpenAsync("""{ "users": [ { "userPrincipalName": "avery@contoso.com", "smsSignInScope": true } ] }""");

        Answer answer = await stage.RunAsync("set-phone", "avery@contoso.com", "+1 2065550150:mobile", "--yes", "--new-store", "--format", "json");

        Assert.That(answer.Output, Does.Contain("\"smsSignInReady\""), $"{answer}");
    }

    [Test]
    public async Task A_third_live_key_of_one_name_has_a_code()
    {
        await using Stage stage = await Crew.StageAsync(1);
        string[] line = ["keys", "new", "--name", "ping", "--tenant", "contoso", "--rights", "read", "--format", "json"];

        Answer[] answers = [await stage.RunAsync(line), await stage.RunAsync(line), await stage.RunAsync(line)];

        Assert.That(answers[2].Text("code"), Is.EqualTo("twoLiveKeys"), $"{answers[2]}");
    }

    [Test]
    public async Task A_run_of_another_tenant_has_a_code()
    {
        using Shell shell = new();
        shell.Write("settings.json", """
            { "DefaultTenant": "one", "Tenants": { "one": { "Kind": "Sandbox" },
                "two": { "Kind": "Sandbox", "TenantId": "5a17b0c5-0000-4000-8000-c0ffee5a17b1" } },
              "Store": { "ConnectionString": "Data Source=store.db" } }
            """);
        shell.Write("people.csv", "user,office\nadelev@contoso.com,+1 2065550177\n");
        await shell.RunAsync("apply", "@people.csv", "--yes", "--new-store", "--format", "json");
        Answer runs = await shell.RunAsync("runs", "--format", "json");
        string? id = Lines.Text(runs.Document.GetProperty("runs")[0], "runId");

        Answer answer = await shell.RunAsync("undo", id ?? "", "--tenant", "two", "--format", "json");

        Assert.That(answer.Text("code"), Is.EqualTo("runOfAnotherTenant"), $"{answer}");
    }

    [Test]
    public async Task More_than_a_hundred_unchanged_users_with_messages_are_only_counted()
    {
        await using Stage stage = await Crew.StageAsync(102);
        stage.Shell.Write("people.csv", "user,remove\n" + string.Concat(Enumerable.Range(0, 102).Select(i => $"{Crew.Name(i)},fido2:gone\n")));

        Answer plan = await stage.RunAsync("plan", "@people.csv", "--format", "json");

        using JsonDocument head = JsonDocument.Parse(plan.Output.Split('\n')[0]);
        string[] codes = [.. head.RootElement.GetProperty("diagnostics").EnumerateArray().Select(d => Lines.Text(d, "code") ?? "")];
        Assert.That(codes.Count(code => code == "methodNotThere"), Is.EqualTo(100));
        Assert.That(codes[^1], Is.EqualTo("moreEqualUsersTold"), $"{plan}");
    }
}
