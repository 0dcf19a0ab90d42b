using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Xlsx;

namespace ProvisioningConnector.Sources.Tests;

/// <summary>What the cells of a workbook mean, however a program writes them.</summary>
public sealed class WorkbookCellTests
{
    private const string Header = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>user</t></is></c>"
        + "<c r=\"B1\" t=\"inlineStr\"><is><t>email</t></is></c></row>";

    private static readonly SourceOptions Options = new("hr.xlsx") { Format = SourceFormat.Xlsx };

    [TestCase("<t>kim@contoso.com</t>")]
    [TestCase("<t xml:space=\"preserve\"> kim@contoso.com </t>")]
    [TestCase("<t><![CDATA[kim@contoso.com]]></t>")]
    [TestCase("<r><rPr><b/></rPr><t>kim</t></r><r><t>@contoso.com</t></r>")]
    [TestCase("<t>kim@contoso.com</t><rPh sb=\"0\" eb=\"1\"><t>kana</t></rPh><phoneticPr fontId=\"1\"/>")]
    [TestCase("<t/><r><t>kim@contoso.com</t></r>")]
    [TestCase("<t>kim_x0040_contoso.com</t>")]
    public async Task A_text_is_what_the_sheet_shows(string content)
    {
        string cell = $"<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" t=\"inlineStr\"><is>{content}</is></c></row>";
        RawWorkbook book = new RawWorkbook().Sheet("People", Header + cell).Strings("<t>other</t>", content);
        SourceRow row = (await Reading.Rows(book.ToBytes(), Options)).Single();
        Assert.That((row.UserText, row.Desired.Email.TryGet(out string? email) ? email : null), Is.EqualTo(("kim@contoso.com", "kim@contoso.com")));
    }

    [TestCase("a_x005F_x0041_", "a_x0041_"), TestCase("_x", "_x"), TestCase("_x00", "_x00"), TestCase("_xZZZZ_", "_xZZZZ_"), TestCase("_x0041__x0042_", "AB")]
    [TestCase("__x0041_", "_A"), TestCase("_x_x0041_", "_xA"), TestCase("_x+041_", "_x+041_")]
    public void An_escape_stands_for_its_character(string written, string meant) => Assert.That(XlsxXml.Unescape(written), Is.EqualTo(meant));

    [Test]
    public async Task Every_shared_text_is_found_by_its_number()
    {
        const int Users = 5_000;
        string rows = string.Concat(Enumerable.Range(0, Users).Select(at => $"<row><c t=\"s\"><v>{Users - at + 1}</v></c></row>"));
        RawWorkbook book = new RawWorkbook().Sheet("People", "<row><c t=\"s\"><v>0</v></c></row>" + rows)
            .Strings(["<t>user</t>", "<t>unused</t>", .. Enumerable.Range(0, Users).Select(at => $"<t>{new string('ä', at % 97)}user{at}@contoso.com</t>")]);
        List<SourceRow> read = await Reading.Rows(book.ToBytes(), Options);
        Assert.That(read.Select(row => row.UserText),
            Is.EqualTo(Enumerable.Range(0, Users).Reverse().Select(at => $"{new string('ä', at % 97)}user{at}@contoso.com")));
        Assert.That(read[^1].Place.Row, Is.EqualTo(Users + 1), "rows without numbers follow one another");
    }

    [TestCase("2"), TestCase("-1"), TestCase("x"), TestCase(""), TestCase("99999999999999999999")]
    public async Task A_shared_text_that_is_not_there_refuses_the_workbook(string number)
    {
        RawWorkbook book = new RawWorkbook().Sheet("People", $"{Header}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>{number}</v></c></row>")
            .Strings("<t>a</t>", "<t>b</t>");
        SourceFault fault = await Reading.Fault(() => Reading.Rows(book.ToBytes(), Options));
        Assert.That(fault.Code, Is.EqualTo("workbookUnreadable"));
    }

    [TestCase("<c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c>"), TestCase("<c r=\"B2\"/><c r=\"A2\"/><c r=\"B2\"/>"), TestCase("<c r=\"A3\"><v>1</v></c>")]
    public async Task A_cell_that_comes_twice_or_belongs_to_another_row_refuses_the_workbook(string cells)
    {
        RawWorkbook book = new RawWorkbook().Sheet("People", $"{Header}<row r=\"2\">{cells}</row>");
        SourceFault fault = await Reading.Fault(() => Reading.Rows(book.ToBytes(), Options));
        Assert.That((fault.Code, fault.Place), Is.EqualTo(("workbookCellTwice", new Place("hr.xlsx", 2))));
    }

    [TestCase("<row r=\"1048577\"/>"), TestCase("<row r=\"0\"/>"), TestCase("<row r=\"x\"/>"), TestCase("<row r=\"2\"><c r=\"XFE2\"/></row>"),
        TestCase("<row r=\"2\"><c r=\"2\"/></row>"), TestCase("</sheetData><sheetData><row r=\"2\"/>"),
        TestCase("<row r=\"2\"><c r=\"A2\"><f t=\"array\" ref=\"A2:9\">1</f></c></row>")]
    public async Task What_no_sheet_can_have_refuses_the_workbook(string rows)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Rows(new RawWorkbook().Sheet("People", Header + rows).ToBytes(), Options));
        Assert.That(fault.Code, Is.EqualTo("workbookUnreadable"));
    }

    [Test]
    public async Task A_row_that_is_too_large_is_refused_before_it_is_in_memory([Values] bool isShared, [Values] bool isOne)
    {
        string text = new string('a', isOne ? 2_000 : 600);
        string cells = string.Concat(Enumerable.Range(0, isOne ? 1 : 2)
            .Select(_ => isShared ? "<c t=\"s\"><v>0</v></c>" : $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>"));
        RawWorkbook book = new RawWorkbook().Sheet("People", $"{Header}<row>{cells}</row>").Strings($"<t>{text}</t>");
        SourceFault fault = await Reading.Fault(() => Reading.Rows(book.ToBytes(), Options with { MaxRecordBytes = 1_000 }));
        Assert.That(fault.Code, Is.EqualTo("recordTooLarge"));
    }

    [TestCase("t=\"b\"><v>1</v>", "valueKind"), TestCase("><v>abc</v>", "valueKind"), TestCase("t=\"later\"><v>1</v>", "valueKind"),
        TestCase("t=\"e\"><v>#N/A</v>", "valueKind")]
    [TestCase("><v>12065550100</v>", "numericCell"), TestCase("t=\"n\"><v>1.2E10</v>", "numericCell"), TestCase("t=\"d\"><v>2026-01-31</v>", "dateCell")]
    [TestCase("t=\"str\"><f>A1</f><v>x</v>", "formulaCell"), TestCase("t=\"shared\"><f t=\"shared\" si=\"0\"/>", "formulaCell")]
    public async Task What_is_not_text_is_a_row_error(string cell, string code)
    {
        RawWorkbook book = new RawWorkbook().Sheet("People",
            $"{Header}<row r=\"2\"><c r=\"A2\"><v>7</v></c><c r=\"B2\" {cell}</c></row><row><c><v>8</v></c></row>");
        List<SourceRow> rows = await Reading.Rows(book.ToBytes(), Options);
        Assert.That(rows.Select(row => string.Join(' ', row.Diagnostics.Select(fault => fault.Code))), Is.EqualTo(new[] { code, "" }));
    }

    [TestCase("yyyy-mm-dd", true), TestCase("[h]:mm", true), TestCase("[$-409]h:mm AM/PM", true), TestCase("mmm\\ yy", true), TestCase("[SS]", true)]
    [TestCase("General", false), TestCase("0.00E+00", false), TestCase("[Red]#,##0", false), TestCase("\"days\" 0", false), TestCase("0\\d", false),
        TestCase("_d0*s", false)]
    [TestCase("[$-F800]", false), TestCase("\"open", false), TestCase("[open", false), TestCase("\\", false)]
    public void A_format_is_a_date_when_it_has_a_letter_of_dates(string code, bool isDate) => Assert.That(NumberFormats.IsDate(code), Is.EqualTo(isDate));

    [Test]
    public async Task A_number_with_the_format_of_a_date_is_a_date([Values("14", "47", "165", "2", "164")] string format)
    {
        bool isDate = format is "14" or "47" or "165";
        RawWorkbook book = new RawWorkbook().Sheet("People", $"{Header}<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46053</v></c></row><row><c><v>7</v></c></row>");
        book.Related("styles", $"<styleSheet xmlns=\"{book.Main}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"0&quot;d&quot;\"/>"
            + "<numFmt numFmtId=\"165\" formatCode=\"d.m.yy\"/></numFmts>"
            + "<cellStyleXfs><xf numFmtId=\"14\"/><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"
            + $"<xf numFmtId=\"{format}\"/></cellXfs></styleSheet>");
        SourceRow row = (await Reading.Rows(book.ToBytes(), Options))[0];
        Assert.That(row.Diagnostics.Select(fault => fault.Code), Is.EqualTo(isDate ? new[] { "dateCell" } : []));
    }

    [TestCase("", "2026-01-31T00:00:00"), TestCase("date1904=\"1\"", "2030-02-01T00:00:00")]
    public async Task Rejected_rows_show_what_the_sheet_shows(string properties, string date)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string path = Path.Combine(folder, "in.xlsx"), rejects = Path.Combine(folder, "out.csv");
        RawWorkbook book = new RawWorkbook { Properties = properties }.Sheet("People", Header
            + "<row r=\"2\"><c r=\"A2\" s=\"0\"><v>46053</v></c><c r=\"B2\" t=\"e\"><v>#REF!</v></c><c r=\"C2\" t=\"str\"><f>1</f><v>gone</v></c></row>");
        book.Related("styles", $"<styleSheet xmlns=\"{book.Main}\"><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>");
        await File.WriteAllBytesAsync(path, book.ToBytes());
        string sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(path)));
        await RejectsFile.WriteAsync(path, Options, sha256, rejects, _ => "reason", CancellationToken.None);
        Assert.That((await File.ReadAllLinesAsync(rejects))[^1], Is.EqualTo(string.Create(CultureInfo.InvariantCulture, $"reason,{date},#REF!,gone")));
        Directory.Delete(folder, recursive: true);
    }
}
