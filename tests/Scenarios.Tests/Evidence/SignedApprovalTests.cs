using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Evidence;

/// <summary>Approvals as signed files beside the plan, by persons who cannot open the store (docs/safety.md#approvals).</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SignedApprovalTests
{
    private const string Beside = "plan.json.approved-by-bob.jws";

    [Test]
    public async Task A_person_without_the_store_approves_by_the_real_executable_and_the_planner_applies()
    {
        await using Stage stage = await PlannedAsync(time: new ScenarioTime(1, TimeProvider.System.GetUtcNow()));
        // Bob has the plan, the configuration and a key; the store lies where no one can open it.
        using ProvisionProcess bob = ProvisionProcess.Start(stage.Shell.Folder,
            ["approve", "plan.json", "--sign-with", "bob.key", "--reason", "looked at all of it", "--config", "settings.json", "--format", "json"],
            environment: ("PROVISION_Store__ConnectionString", "Data Source=/proc/none/store.db"));

        Answer approve = await bob.EndAsync();
        Answer apply = await ProvisionProcess.RunAsync(stage.Shell.Folder, "apply", "plan.json", "--yes", "--format", "json", "--config", "settings.json");
        Answer show = await stage.AsAsync("anna", "show", apply.Text("runId") ?? "");

        Assert.That((approve.Exit, approve.Text("approver")), Is.EqualTo((0, "signed:bob")), $"{approve}");
        Assert.That(apply.Exit, Is.Zero, $"{apply}");
        Assert.That(apply.Document.GetProperty("approval").GetProperty("approver").GetString(), Is.EqualTo("signed:bob"));
        Assert.That(show.Output, Does.Contain("signed:bob").And.Contain("looked at all of it"));
        Assert.That(stage.Sandbox.Journal.AppliedWrites, Has.Length.EqualTo(3));
        Assert.That((await stage.RunAsync("audit", "verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task It_says_what_is_signed_and_what_follows()
    {
        await using Stage stage = await PlannedAsync();

        Answer approve = await SignAsync(stage);

        Assert.That(approve.Output, Does.Contain("3 changes to 3 users, 3 of them deletions").And.Contain("made by anna@here").And.Contain(Beside));
        Assert.That(approve.Output.TrimEnd().Split('\n')[^1], Does.StartWith("provision apply ").Or.Contain("provision apply "));
        Assert.That(File.ReadAllText(stage.Shell.At(Beside)).Split('.'), Has.Length.EqualTo(3), "a JWS in compact form");
    }

    [Test]
    public async Task The_file_is_a_JWS_that_any_tool_can_check()
    {
        await using Stage stage = await PlannedAsync();
        await SignAsync(stage);
        string[] parts = File.ReadAllText(stage.Shell.At(Beside)).Trim().Split('.');
        using ECDsa key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(stage.Shell.At("bob.pub")));

        bool fits = key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Decode(parts[2]), HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

        Assert.That(fits, Is.True);
        Assert.That(JsonNode.Parse(Decode(parts[0]))!.ToJsonString(), Is.EqualTo("""{"alg":"ES256","typ":"provision-approval\u002Bjwt","kid":"bob"}"""));
        Assert.That(JsonNode.Parse(Decode(parts[1]))!["iss"]!.GetValue<string>(), Is.EqualTo("bob"));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(2)]
    public async Task An_edited_part_does_not_count(int part)
    {
        await using Stage stage = await PlannedAsync();
        await SignAsync(stage);
        string[] parts = File.ReadAllText(stage.Shell.At(Beside)).Trim().Split('.');
        char[] letters = parts[part].ToCharArray();
        letters[letters.Length / 2] = letters[letters.Length / 2] == 'A' ? 'B' : 'A';
        parts[part] = new string(letters);
        File.WriteAllText(stage.Shell.At(Beside), string.Join('.', parts));

        await NotAppliedAsync(stage);
    }

    [Test]
    public async Task A_key_of_someone_else_does_not_count_for_bob()
    {
        await using Stage stage = await PlannedAsync();
        MakeKey(stage, "eve");
        stage.Set(s => s["Approvers"]!["bob"]!["PublicKeyFile"] = stage.Shell.At("eve.pub"));
        Assert.That((await stage.AsAsync("eve", "approve", "@plan.json", "--sign-with", "@eve.key", "--reason", "mine")).Exit, Is.Zero);
        stage.Set(s => s["Approvers"]!["bob"]!["PublicKeyFile"] = stage.Shell.At("bob.pub"));

        await NotAppliedAsync(stage);
        Answer unknown = await stage.AsAsync("eve", "approve", "@plan.json", "--sign-with", "@eve.key", "--reason", "mine", "--format", "json");
        Assert.That((unknown.Exit, unknown.Text("code")), Is.EqualTo((1, "notApprover")), $"{unknown}");
    }

    [Test]
    public async Task A_signature_on_another_content_with_the_same_seal_does_not_count()
    {
        await using Stage stage = await PlannedAsync();
        string plan = File.ReadAllText(stage.Shell.At("plan.json"));
        // What bob is shown is not what anna applies.
        File.WriteAllText(stage.Shell.At("plan.json"), plan.Replace("\"delete\":3", "\"delete\":0", StringComparison.Ordinal));
        Assert.That((await SignAsync(stage)).Exit, Is.Zero);
        File.WriteAllText(stage.Shell.At("plan.json"), plan);

        await NotAppliedAsync(stage);
    }

    [Test]
    public async Task It_is_bound_to_its_plan_and_expires()
    {
        await using Stage stage = await PlannedAsync();
        await SignAsync(stage, "--for", "01:00:00");
        await stage.AsAsync("anna", "plan", "@people.csv", "--out", "@other.json");
        File.Copy(stage.Shell.At(Beside), stage.Shell.At("other.json.approved-by-bob.jws"));

        await NotAppliedAsync(stage, "other.json");
        stage.Time.Jump(TimeSpan.FromHours(2));
        await NotAppliedAsync(stage);
    }

    [Test]
    public async Task With_a_key_the_account_of_the_person_does_not_approve_and_the_person_neither_plans_nor_applies()
    {
        await using Stage stage = await PlannedAsync();
        Answer account = await stage.AsAsync("bob", "approve", "@plan.json", "--reason", "fine", "--format", "json");
        await SignAsync(stage);
        Answer self = await stage.AsAsync("bob", "apply", "@plan.json", "--yes", "--format", "json");
        await stage.AsAsync("bob", "plan", "@people.csv", "--out", "@own.json");
        Answer own = await stage.AsAsync("bob", "approve", "@own.json", "--sign-with", "@bob.key", "--reason", "fine", "--format", "json");

        Assert.That((account.Text("code"), own.Text("code")), Is.EqualTo(("notApprover", "selfApproval")), $"{account}{own}");
        Assert.That((self.Exit, self.Codes("diagnostics")), Is.EqualTo((3, new[] { "approvalMissing", "approvalUnfit" })), $"{self}");
    }

    [Test]
    public async Task It_allows_exactly_what_blocks_and_lies_where_it_is_to()
    {
        await using Stage stage = await PlannedAsync(new JsonObject { ["MaxDeletes"] = "2" });
        Answer little = await SignAsync(stage, "--allow", "deletes=2", "--format", "json");
        Answer right = await SignAsync(stage, "--allow", "deletes=3", "--out", stage.Shell.At("elsewhere.jws"));
        await NotAppliedAsync(stage, broken: 0);
        File.Move(stage.Shell.At("elsewhere.jws"), stage.Shell.At(Beside));

        Answer apply = await stage.AsAsync("anna", "apply", "@plan.json", "--yes", "--format", "json");

        Assert.That((little.Text("code"), right.Exit, apply.Exit), Is.EqualTo(("allowanceTooSmall", 0, 0)), $"{little}{right}{apply}");
    }

    [Test]
    public async Task A_key_that_is_none_is_an_error()
    {
        await using Stage stage = await PlannedAsync();
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        stage.Shell.Write("p384.key", other.ExportPkcs8PrivateKeyPem());
        foreach (string file in (string[])["@bob.pub", "@people.csv", "@missing.key", "@p384.key"])
        {
            Answer answer = await stage.AsAsync("bob", "approve", "@plan.json", "--sign-with", file, "--reason", "fine", "--format", "json");
            Assert.That((answer.Exit, answer.Text("code")), Is.EqualTo((1, "signingKey")), $"{file} {answer}");
        }

        stage.Set(s => s["Approvers"]!["bob"]!["PublicKeyFile"] = stage.Shell.At("bob.key"));
        Answer plan = await stage.RunAsync("plan", "@people.csv", "--format", "json");
        Assert.That((plan.Exit, plan.Text("code")), Is.EqualTo((1, "configuration")), "a private key is not to lie where a public one belongs");
    }

    private static async Task<Stage> PlannedAsync(JsonObject? limits = null, ScenarioTime? time = null)
    {
        Stage stage = await Persons.RemovingAsync(3, new JsonObject { ["RequireApproval"] = "Always", ["Guardrails"] = limits ?? [] }, time);
        MakeKey(stage, "bob");
        stage.Set(s => s["Approvers"] = new JsonObject
        {
            ["bob"] = new JsonObject { ["Actors"] = new JsonArray("bob@here"), ["PublicKeyFile"] = stage.Shell.At("bob.pub") },
        });
        Answer plan = await stage.AsAsync("anna", "plan", "@people.csv", "--out", "@plan.json");
        Assert.That(plan.Exit, Is.AnyOf(0, 3), $"{plan}");
        return stage;
    }

    private static void MakeKey(Stage stage, string person)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        stage.Shell.Write($"{person}.key", key.ExportPkcs8PrivateKeyPem());
        stage.Shell.Write($"{person}.pub", key.ExportSubjectPublicKeyInfoPem());
    }

    private static Task<Answer> SignAsync(Stage stage, params string[] more) =>
        stage.AsAsync("bob", ["approve", "@plan.json", "--sign-with", "@bob.key", "--reason", "fine", .. more]);

    /// <summary>Nothing is written, and the answer says of each approval why it does not count.</summary>
    private static async Task NotAppliedAsync(Stage stage, string plan = "plan.json", int broken = 1)
    {
        Answer apply = await stage.AsAsync("anna", "apply", $"@{plan}", "--yes", "--format", "json");

        Assert.That((apply.Exit, apply.Codes("diagnostics").Contains("approvalMissing")), Is.EqualTo((3, true)), $"{apply}");
        Assert.That(apply.Codes("diagnostics").Count(c => c == "approvalUnfit"), Is.EqualTo(broken), $"{apply}");
        Assert.That(stage.NotReads(), Is.Empty);
    }

    private static byte[] Decode(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);
}
