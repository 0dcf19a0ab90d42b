using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;
using ProvisioningConnector.Sources.Writing;

namespace ProvisioningConnector.Sources.Tests;

public sealed class SourceWriterTests
{
    private static readonly string[] Users = ["kim@contoso.com", "=cmd@contoso.com", "-x@contoso.com",
        "'=y@contoso.com", "''+z", "o'neil@contoso.com", "zoë;a,\"b\" c@contoso.com", "employeeId:0042", "@x", "+1@contoso.com", "'plain"];

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void What_is_written_reads_back_the_same(int seed)
    {
        Random random = new Random(seed);
        List<(string User, DesiredMethods Desired, DateTimeOffset? AsOf)> written = Enumerable.Range(0, 5)
            .Select(_ => (User: Users[random.Next(Users.Length)], Desired: Any(random), AsOf: AnyTime(random))).ToList();
        List<SourceRow> rows = Reading.Rows(DesiredCsv.Write(written), Reading.Options).GetAwaiter().GetResult();
        Assert.That(rows.SelectMany(row => row.Diagnostics).Where(d => d.Severity == Severity.Error), Is.Empty);
        Assert.That(rows.Select(row => (row.UserText, row.AsOf)), Is.EqualTo(written.Select(row => (row.User, row.AsOf))));
        for (int at = 0; at < rows.Count; at++)
        {
            DesiredMethods meant = MobileRemoval.OfRow(written[at].Desired, out _);
            Assert.That(rows[at].Desired with { Removals = [] }, Is.EqualTo(meant with { Removals = [] }));
            Assert.That(rows[at].Desired.Removals, Is.EqualTo(written[at].Desired.Removals));
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void Any_text_survives_the_mark_and_nothing_marked_begins_a_formula(string? text)
    {
        foreach (string value in (string[])[text ?? "", "=" + text, "'" + text, "'=" + text, "\t" + text])
        {
            Assert.That(SpreadsheetText.Unmark(SpreadsheetText.Mark(value)), Is.EqualTo(value));
            Assert.That(SpreadsheetText.Mark(value), Does.Not.Match("^[=+\\-@\\t\\r\\n]"));
        }
    }

    [TestCase("+1 2065550100", ExpectedResult = "+1 2065550100"),
        TestCase("+1 2065550100:mobile;+1 2065550101:office", ExpectedResult = "+1 2065550100:mobile;+1 2065550101:office")]
    [TestCase("+370 861111111", ExpectedResult = "+370 861111111", Description = "as the tenant has it, though no source may write it")]
    [TestCase("+1+cmd|' /C calc'!A0", ExpectedResult = "'+1+cmd|' /C calc'!A0"), TestCase("=1+1", ExpectedResult = "'=1+1"),
        TestCase("+", ExpectedResult = "'+"), TestCase("+;", ExpectedResult = "'+;")]
    public string Phone_numbers_stay_usable_and_formulas_do_not(string value) => SpreadsheetText.MarkUnlessPhones(value);

    [Test]
    public async Task An_export_leaves_empty_slots_unmanaged_and_shows_what_does_not_parse()
    {
        CurrentMethods current = new CurrentMethods
        {
            Mobile = CurrentSlot.FromGraph("+1 2065550100"),
            Office = CurrentSlot.FromGraph("=oops"), Email = new CurrentEmail("e", "kim@example.com")
        };
        using MemoryStream output = new();
        await using (CsvOutput csv = new(output))
        {
            SourceWriter writer = await SourceWriter.CreateAsync(csv, authoritative: false, CancellationToken.None);
            await writer.WriteAsync("kim@contoso.com", current, CancellationToken.None);
        }

        string text = Encoding.UTF8.GetString(output.ToArray());
        Assert.That(text, Is.EqualTo("user,mobile,alternateMobile,office,email\r\nkim@contoso.com,+1 2065550100,,'=oops,kim@example.com\r\n"));
    }

    [Test]
    public async Task No_cell_of_an_export_begins_a_formula([Values('=', '+', '-', '@', '\t', '\r')] char begins, [Values] bool authoritative)
    {
        string text = begins + "cmd|x@contoso.com";
        CurrentMethods current = new()
        {
            Mobile = CurrentSlot.FromGraph(text), AlternateMobile = CurrentSlot.FromGraph(text), Office = CurrentSlot.FromGraph(text),
            Email = new CurrentEmail("e", text),
        };
        using MemoryStream output = new();
        await using (CsvOutput csv = new(output))
        {
            SourceWriter writer = await SourceWriter.CreateAsync(csv, authoritative, CancellationToken.None);
            await writer.WriteAsync(text, current, CancellationToken.None);
        }

        string row = Encoding.UTF8.GetString(output.ToArray()).Split("\r\n", 2)[1];
        string marked = "'" + text;
        int cells = authoritative ? 2 : 5;
        Assert.That(row.Split(marked).Length - 1, Is.EqualTo(cells), row);
        Assert.That(row.Replace(marked, "", StringComparison.Ordinal), Does.Not.Contain(text), "every text is marked");
    }

    [TestCase("+1 2065550100", null, "ready", "+1 2065550100,none,none,none,on")]
    [TestCase("+1 2065550100", "+1 2065550102", "notEnabled", "+1 2065550100,none,+1 2065550102,none,off")]
    [TestCase(null, null, "unknown", "none,none,none,none,off")]
    [TestCase("call me", null, "unknown", ",none,none,none,")]
    public async Task An_authoritative_export_says_none_of_what_was_read_to_be_empty(string? mobile, string? office, string sms, string cells)
    {
        CurrentMethods current = new()
        {
            Mobile = mobile is null ? CurrentSlot.Empty : CurrentSlot.FromGraph(mobile),
            Office = office is null ? CurrentSlot.Empty : CurrentSlot.FromGraph(office),
            SmsSignIn = Enum.Parse<SmsSignInState>(sms, ignoreCase: true),
        };
        Assert.That(await AuthoritativeAsync(current), Is.EqualTo(cells));
        string blank = cells.Remove(cells.LastIndexOf(",none", StringComparison.Ordinal) + 1, 4);
        Assert.That(await AuthoritativeAsync(current with { Unread = KindSets.All }), Is.EqualTo(blank),
            "an e-mail method that cannot be read is not said to be none");
    }

    private static async Task<string> AuthoritativeAsync(CurrentMethods current)
    {
        using MemoryStream output = new();
        await using (CsvOutput csv = new(output))
        {
            SourceWriter writer = await SourceWriter.CreateAsync(csv, authoritative: true, CancellationToken.None);
            await writer.WriteAsync("kim@contoso.com", current, CancellationToken.None);
        }

        return Encoding.UTF8.GetString(output.ToArray()).Split("\r\n")[1]["kim@contoso.com,".Length..];
    }

    [Test]
    public async Task A_private_file_is_its_owners_alone_and_there_only_when_complete()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".csv");
        await using (PrivateFile dropped = PrivateFile.Create(path)) dropped.Content.WriteByte(1);
        Assert.That(Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(path) + "*"), Is.Empty);
        File.WriteAllText(path, "old");
        await using (PrivateFile file = PrivateFile.Create(path))
        {
            file.Content.WriteByte((byte)'x');
            Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
            await file.CommitAsync(CancellationToken.None);
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("x"));
        if (!OperatingSystem.IsWindows()) Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        File.Delete(path);
    }

    private static DesiredMethods Any(Random random) => new()
    {
        Mobile = AnyPhone(random, ""),
        AlternateMobile = AnyPhone(random, ""),
        Office = AnyPhone(random, random.Next(2) == 0 ? "x" + random.Next(1, 99999) : ""),
        Email = random.Next(3) switch
        {
            0 => default,
            1 => Managed.None<string>(),
            _ =>
            Managed.Value(random.Next(2) == 0 ? "-kim@example.com" : "kim+tag@example.com")
        },
        Removals = [.. MethodKinds.Removable.Order().Where(_ => random.Next(4) == 0)
        .Select(kind => random.Next(2) == 0 ? Removal.AllOf(kind) : new Removal(kind, ["id:" + random.Next(), "other="]))],
        SmsSignIn = random.Next(3) switch { 0 => null, 1 => true, _ => false },
    };

    private static Managed<PhoneNumber> AnyPhone(Random random, string extension) => random.Next(3) switch
    {
        0 => default,
        1 => Managed.None<PhoneNumber>(),
        _ => Managed.Value(Reading.Number($"+{(random.Next(2) == 0 ? "1 206555" : "44 794055")}{random.Next(1000, 9999)}{extension}")),
    };

    private static DateTimeOffset? AnyTime(Random random) => random.Next(2) == 0
        ? null
        : new DateTimeOffset(random.NextInt64(new DateTime(2000, 1, 1).Ticks, new DateTime(2100, 1, 1).Ticks), TimeSpan.FromMinutes(15 * random.Next(-48, 57)));
}
