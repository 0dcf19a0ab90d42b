using System.Text;
using System.Text.Json;
using ProvisioningConnector.Scenarios.Tests.Commands;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.BadInput;

/// <summary>Sources that cannot be used: exit 1, the place, what is wrong and what to do; nothing is written.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SourceFileTests
{
    public static IEnumerable<TestCaseData> Files()
    {
        yield return Case("empty.csv", "", "sourceEmpty");
        yield return Case("blank.csv", "\n\n", "headerMissing", "noValidRow", "sourceEmpty", "userColumnMissing");
        yield return Case("header.csv", "user,mobile\n", "noValidRow");
        yield return Case("misspelt.csv", "user,mobil\nada@contoso.com,+1 2065550177\n", "columnUnknown");
        yield return Case("unlisted.csv", "user,mobile,team\nada@contoso.com,+1 2065550177,a\n", "columnUnknown");
        yield return Case("twice.csv", "user,mobile,Mobile\nada@contoso.com,+1 2065550177,\n", "columnDuplicate");
        yield return Case("nouser.csv", "person,mobile\nada@contoso.com,+1 2065550177\n", "userColumnMissing", "columnUnknown");
        yield return Case("quote.csv", "user,mobile\n\"ada@contoso.com,+1 2065550177\n", "csvMalformed");
        yield return Case("cut.json", """[{"user":"ada@contoso.com","mobile":"+1 2065550177"},""", "jsonMalformed");
        yield return Case("object.json", """{"user":"ada@contoso.com"}""", "jsonNotArray");
        yield return Case("strings.json", """["ada@contoso.com"]""", "jsonNotObject");
        yield return Case("lines.ndjson", "{\"user\":\"ada@contoso.com\",\"mobile\":\"+1 2065550177\"}\nnonsense\n", "jsonMalformed");
        yield return Case("allbad.csv", "user,mobile\nada@contoso.com,12\nben@contoso.com,xyz\n", "noValidRow");
        yield return Case("huge.csv", "user,mobile\nada@contoso.com," + new string('1', 1_100_000) + "\n", "recordTooLarge");
        yield return Case("plain.xlsx", "user,mobile\n", "workbookUnreadable", "formatWrong");
        yield return Case("what.dat", "user,mobile\n", "formatUnknown");
        yield return new TestCaseData("utf16.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("user,mobile\n")).ToArray(),
            (string[])["notUtf8"]).SetArgDisplayNames("utf16.csv");
        yield return new TestCaseData("latin1.csv", Encoding.Latin1.GetBytes("user,mobile\njürgen@contoso.com,+1 2065550177\n"),
            (string[])["notUtf8"]).SetArgDisplayNames("latin1.csv");
    }

    [TestCaseSource(nameof(Files))]
    public async Task A_file_that_cannot_be_used_is_refused(string name, byte[] content, string[] codes)
    {
        await using Stage stage = await Crew.StageAsync(1);
        File.WriteAllBytes(stage.Shell.At(name), content);

        Answer json = await stage.RunAsync("apply", "@" + name, "--yes", "--format", "json");
        Answer text = await stage.RunAsync("plan", "@" + name);

        Assert.That((json.Exit, text.Exit), Is.EqualTo((1, 1)), $"{json}");
        Assert.That(json.Text("kind"), Is.EqualTo("error"));
        Assert.That(codes, Does.Contain(json.Text("code")), $"{json}");
        Assert.That(json.Text("message"), Does.Contain(name));
        Assert.That(json.Text("advice"), Does.Contain("Nothing was written"));
        Assert.That(text.Error, Does.StartWith("error: ").And.Contain(name));
        Assert.That(text.Output, Is.Empty);
        Assert.That(text.Error, Does.Not.Contain("+1 2065550177"));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task A_file_that_is_missing_a_folder_or_unreadable_is_refused()
    {
        await using Stage stage = await Crew.StageAsync(1);
        Directory.CreateDirectory(stage.Shell.At("folder.csv"));

        Answer missing = await stage.RunAsync("apply", "@missing.csv", "--yes", "--format", "json");
        Answer folder = await stage.RunAsync("apply", "@folder.csv", "--yes", "--format", "json");

        Assert.That((missing.Exit, missing.Text("code")), Is.EqualTo((1, "sourceMissing")));
        Assert.That((folder.Exit, folder.Text("code")), Is.EqualTo((1, "sourceIsFolder")));
    }

    [Test]
    public async Task A_file_that_breaks_off_after_good_rows_writes_nothing()
    {
        await using Stage stage = await Crew.StageAsync(2);
        stage.Shell.Write("late.csv", $"user,mobile\n{Crew.Name(0)},+1 2065550200\n\"{Crew.Name(1)},+1 2065550201\n");

        Answer apply = await stage.RunAsync("apply", "@late.csv", "--yes", "--format", "json");

        Assert.That((apply.Exit, apply.Text("code")), Is.EqualTo((1, "csvMalformed")));
        Assert.That(stage.NotReads(), Is.Empty);
    }

    [Test]
    public async Task Every_row_error_is_reported_with_its_place_and_the_good_rows_go_on()
    {
        await using Stage stage = await Crew.StageAsync(12);
        string[] rows =
        [
            "u00@contoso.com,,+1 2065550200,,,,,", "u01@contoso.com,+1 2065550201:mobile,+1 2065550201,,,,,",
            "u02@contoso.com,,12,,,,,", "u03@contoso.com,+1 2065550203:fax,,,,,,",
            "u04@contoso.com,,+1 20655502••,,,,,", "u05@contoso.com,,2065550205,,,,,", "u06@contoso.com,,,not-an-address,,,,",
            "u07@contoso.com,,,,teleport,,,", "u08@contoso.com,,,,,maybe,,",
            "u09@contoso.com,,,,,,yesterday,", "u10@contoso.com,,+1 2065550210x9,,,,,", ",,+1 2065550211,,,,,", "u11@contoso.com,,(206) 555-0211,,,,,ZZ",
        ];
        stage.Shell.Write("rows.csv", "user,phones,mobile,email,remove,smsSignIn,asOf,country\n" + string.Join('\n', rows) + "\n");

        Answer plan = await stage.RunAsync("plan", "@rows.csv", "--format", "json");

        Assert.That(plan.Exit, Is.EqualTo(4), $"{plan}");
        Assert.That(plan.Document.GetProperty("summary").GetProperty("invalid").GetInt64(), Is.EqualTo(rows.Length - 1), $"{plan}");
        foreach (JsonElement user in plan.Document.GetProperty("users").EnumerateArray().Where(u => Lines.Text(u, "situation") == "invalid"))
        {
            JsonElement reported = user.GetProperty("diagnostics").EnumerateArray().First();
            Assert.That(Lines.Text(reported, "message"), Is.Not.Empty);
            Assert.That(reported.GetProperty("place").GetProperty("row").GetInt64(), Is.GreaterThan(2), $"{reported}");
        }

        new Secrets().Learn("+1 2065550201 +1 2065550203 +1 2065550210 +1 2065550211").AreNotIn("plan", plan.All);
    }

    [Test]
    public async Task Every_kind_of_damaged_number_has_a_code_of_its_own_and_its_neighbours_are_read()
    {
        await using Stage stage = await Crew.StageAsync(8);
        stage.Shell.Write(
            "numbers.csv",
            "user,country,mobile\n"
            + "u00@contoso.com,DE,01711234567.0\n"
            + "u01@contoso.com,,+1 206 555 0148/49\n"
            + "u02@contoso.com,IT,39051123456\n"
            + "u03@contoso.com,,+370 (8-611) 11111\n"
            + "u04@contoso.com,,\"4,91711E+11\"\n"
            + "u05@contoso.com,DE,0711/1234567\n"
            + "u06@contoso.com,IT,3912312312\n"
            + "u07@contoso.com,,+7 800 555 35 35\n");

        Answer plan = await stage.RunAsync("plan", "@numbers.csv", "--format", "json", "--reveal");

        Dictionary<string, JsonElement> users = plan.Document.GetProperty("users").EnumerateArray().ToDictionary(u => Lines.Text(u, "user") ?? "");
        string?[] codes = [.. users.Where(u => Lines.Text(u.Value, "situation") == "invalid").OrderBy(u => u.Key, StringComparer.Ordinal)
            .Select(u => Lines.Text(u.Value.GetProperty("diagnostics")[0], "code"))];
        string?[] numbers = [.. new[] { "u05", "u06", "u07" }.Select(u => Lines.Text(users[u + "@contoso.com"].GetProperty("operations")[0], "after"))];
        Assert.That(codes, Is.EqualTo(new[] { "phoneDecimal", "phoneTwoNumbers", "phonePlusLost", "phoneTrunkPrefix", "phoneScientific" }), $"{plan}");
        Assert.That(numbers, Is.EqualTo(new[] { "+49 7111234567", "+39 3912312312", "+7 8005553535" }));
    }

    private static TestCaseData Case(string name, string content, params string[] codes) =>
        new TestCaseData(name, Encoding.UTF8.GetBytes(content), codes).SetArgDisplayNames(name);
}
