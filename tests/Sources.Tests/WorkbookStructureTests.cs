using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Tests;

/// <summary>What a workbook may have beside its rows, and what it must not.</summary>
[NonParallelizable]
public sealed class WorkbookStructureTests
{
    private const string Header = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>user</t></is></c>"
        + "<c r=\"B1\" t=\"inlineStr\"><is><t>mobile</t></is></c></row>";
    private const string Kim = "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>kim@contoso.com</t></is></c></row>";
    private const string Cover = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Instructions</t></is></c></row>";

    private static readonly SourceOptions Options = new("hr.xlsx") { Format = SourceFormat.Xlsx };

    [Test]
    public async Task A_strict_workbook_is_read_as_a_transitional_one([Values] bool isStrict)
    {
        RawWorkbook book = new RawWorkbook { IsStrict = isStrict }.Sheet("People",
                "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row>"
                + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>3</v></c><c r=\"B2\" t=\"s\"><v>4</v></c></row>"
                + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>3</v></c><c r=\"C3\" t=\"d\"><v>2026-01-31</v></c></row>")
            .Strings("<t>user</t>", "<t>mobile</t>", "<t>asOf</t>", "<t>kim@contoso.com</t>", "<t>+1 2065550100</t>");
        List<SourceRow> rows = await Reading.Rows(book.ToBytes(), Options);
        Assert.That((rows[0].UserText, Reading.Text(rows[0].Desired.Mobile)), Is.EqualTo(("kim@contoso.com", "+1 2065550100")));
        Assert.That(rows[1].Diagnostics.Select(fault => fault.Code), Is.EqualTo(new[] { "dateCell" }));
    }

    [Test]
    public async Task What_is_broken_beside_the_rows_does_not_matter()
    {
        const string Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        string relations = string.Concat(new[] { "mailto:kim@contoso.com,bob@", "http://[x", "http:// bad host/", "%zz", "worksheets/none.xml" }
            .Select((target, at) => $"<Relationship Id=\"{at} h\" Type=\"{Links}hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>"));
        RawWorkbook book = new RawWorkbook().Sheet("People", Header + Kim).Related("theme", null)
            .Part("xl/sheets/_rels/sheet0.xml.rels", "<Relationships "
                + $"xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}<Relationship Id=\"d\" Type=\"{Links}drawing\" "
                + "Target=\"../drawings/none.xml\"/></Relationships>")
            .Part("docProps/app.xml", "<broken").Part("docProps/app.xml", "twice").Part("xl/media/ä b.png", "no picture");
        Assert.That((await Reading.Rows(book.ToBytes(), Options)).Single().UserText, Is.EqualTo("kim@contoso.com"));
    }

    [TestCase("chartsheet"), TestCase("dialogsheet"), TestCase("xlMacrosheet")]
    public async Task Sheets_without_rows_are_passed_over_and_named(string kind)
    {
        byte[] book = new RawWorkbook().Chart("Chart1", kind).Sheet("People", Header + Kim).ToBytes();
        await using ISource source = await SourceFile.OpenAsync("-", Options, () => new MemoryStream(book), CancellationToken.None);
        Diagnostic note = source.Notes.Single();
        Assert.That((note.Code, note.Severity, note.Message), Is.EqualTo(("sheetChosen", Severity.Info,
            "The sheet 'People' is read. The workbook also has: 'Chart1' (no rows). Name another one with --sheet.")));
        SourceFault fault = await Reading.Fault(() => Reading.Rows(book, Options with { Sheet = "chart1" }));
        Assert.That((fault.Code, fault.Message), Is.EqualTo(("sheetMissing",
            "The sheet is a chart, a dialog or a macro sheet and has no rows; the workbook has: 'People'.")));
    }

    [Test]
    public async Task A_sheet_that_was_named_or_is_the_only_one_needs_no_note([Values("People", null)] string? sheet)
    {
        RawWorkbook book = new RawWorkbook().Sheet("People", Header + Kim);
        if (sheet is not null) book.Sheet("Old", Header);
        await using ISource source = await SourceFile.OpenAsync("-", Options with { Sheet = sheet }, () => new MemoryStream(book.ToBytes()),
            CancellationToken.None);
        Assert.That(source.Notes, Is.Empty);
    }

    [TestCase("", "headerMissing"), TestCase(Cover, "userColumnMissing"), TestCase(Header, "noValidRow")]
    public async Task Without_a_list_the_message_names_the_sheet_and_the_others(string rows, string code)
    {
        RawWorkbook book = new RawWorkbook().Sheet("Cover", rows).Chart("Chart1").Sheet("People", Header + Kim);
        SourceFault fault = (await Reading.Refused(() => Reading.Rows(book.ToBytes(), Options))).Faults[0];
        Assert.That(fault.Code, Is.EqualTo(code));
        Assert.That(fault.Message, Does.EndWith("The sheet 'Cover' was read; the workbook also has: 'Chart1' (no rows), 'People'."));
        Assert.That(fault.Advice, Does.Contain("--sheet"));
    }

    [Test]
    public async Task The_name_of_a_sheet_never_shows_a_phone_number()
    {
        RawWorkbook book = new RawWorkbook().Sheet("+1 2065550100", "").Sheet("Export 20260131", Header + Kim);
        SourceFault fault = await Reading.Fault(() => Reading.Rows(book.ToBytes(), Options));
        Assert.That(fault.Message, Does.Not.Contain("5550100").And.Contain("'Export 20260131'"));
    }

    [Test]
    public async Task A_sheet_whose_part_is_missing_refuses_the_workbook_instead_of_reading_the_next_one()
    {
        byte[] book = new RawWorkbook().Sheet("Old", Header + Kim).ToBytes();
        string text = System.Text.Encoding.Latin1.GetString(book).Replace("xl/sheets/sheet0.xml", "xl/sheets/sheet7.xml", StringComparison.Ordinal);
        Assert.That((await Reading.Fault(() => Reading.Rows(System.Text.Encoding.Latin1.GetBytes(text), Options))).Code, Is.EqualTo("workbookUnreadable"));
    }

    [Test]
    public async Task A_sheet_that_leads_to_no_part_refuses_the_workbook_instead_of_reading_the_next_one()
    {
        byte[] book = new RawWorkbook().Lost("People").Sheet("Old", Header + Kim).ToBytes();
        Assert.That((await Reading.Fault(() => Reading.Rows(book, Options))).Code, Is.EqualTo("workbookUnreadable"));
    }

    [Test]
    public async Task A_part_that_the_archive_has_twice_refuses_the_workbook()
    {
        RawWorkbook book = new RawWorkbook().Sheet("People", Header + Kim).Part("xl/sheets/SHEET0.xml", "<worksheet/>");
        Assert.That((await Reading.Fault(() => Reading.Rows(book.ToBytes(), Options))).Code, Is.EqualTo("workbookUnreadable"));
    }

    [TestCase("sheet"), TestCase("strings"), TestCase("workbook"), TestCase("relations")]
    public async Task A_part_that_inflates_beyond_the_limit_refuses_the_workbook(string part)
    {
        string much = new string(' ', 100_000);
        RawWorkbook book = new RawWorkbook { Properties = part == "workbook" ? much : "" }.Sheet("People", (part == "sheet" ? much : "") + Header + Kim);
        if (part == "strings") book.Strings("<t>a</t>" + much);
        if (part == "relations") book.Related("theme", null).Related(much, null);
        SourceFault fault = await Reading.Fault(() => Reading.Rows(book.ToBytes(), Options with { MaxInflatedBytes = 50_000 }));
        Assert.That((fault.Code, fault.Message), Is.EqualTo(("workbookTooLarge", "A part of the workbook is larger than 50000 bytes when it is inflated.")));
    }

    [Test]
    public async Task A_workbook_with_a_password_says_so()
    {
        byte[] encrypted = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[4096]];
        SourceFault fault = await Reading.Fault(() => Reading.Rows(encrypted, Options));
        Assert.That((fault.Code, fault.Message), Is.EqualTo(("workbookUnreadable",
            "The workbook cannot be read: it is damaged, protected by a password, or no .xlsx file.")));
    }

    [TestCase(Header + Kim, false), TestCase("<row r=\"1\"/>", true), TestCase(Header + Kim + "<row r=\"2\"/>", true), TestCase("<broken", true)]
    public async Task Nothing_of_the_workbook_is_left_in_the_temporary_folder(string rows, bool isRefused)
    {
        string? before = Environment.GetEnvironmentVariable("TMPDIR");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("provision-test-");
        try
        {
            Environment.SetEnvironmentVariable("TMPDIR", folder.FullName);
            byte[] book = new RawWorkbook().Sheet("People", rows).Strings("<t>+1 2065550100</t>").ToBytes();
            if (isRefused) await Reading.Refused(() => Reading.Rows(book, Options));
            else await Kept(book, folder);
            Assert.That(folder.GetFiles(), Is.Empty);
        }
        finally
        {
            Environment.SetEnvironmentVariable("TMPDIR", before);
            folder.Delete(recursive: true);
        }
    }

    private static async Task Kept(byte[] book, DirectoryInfo folder)
    {
        await using ISource source = await SourceFile.OpenAsync("-", Options, () => new MemoryStream(book), CancellationToken.None);
        if (OperatingSystem.IsWindows()) return;
        Assert.That(folder.GetFiles().Select(file => file.UnixFileMode), Is.EqualTo(Enumerable.Repeat(UnixFileMode.UserRead | UnixFileMode.UserWrite, 2)));
    }
}
