using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using static ProvisioningConnector.Sources.Tests.Workbook;

namespace ProvisioningConnector.Sources.Tests;

public sealed class XlsxFileTests
{
    private static readonly SourceOptions Options = new("hr.xlsx") { Format = SourceFormat.Xlsx };
    private static readonly (int, string?[]) Header = (1, [Text("user"), Text("mobile"), Text("office"), Text("asOf")]);

    [Test]
    public async Task Rows_have_the_numbers_of_the_sheet_and_blank_ones_do_not_count()
    {
        List<SourceRow> rows = await Reading.Rows(Write((2, [Text("user"), Text("mobile")]), (4, [Text("a"), Text("+1 2065550100")]),
            (5, [Text(" "), null]), (9, [Text("b"), Text("none")])), Options);
        Assert.That(rows.Select(row => (row.Ordinal, row.Place.Row, row.UserText, Reading.Text(row.Desired.Mobile))),
            Is.EqualTo(new (long, long?, string, string)[] { (0, 4, "a", "+1 2065550100"), (1, 9, "b", "None") }));
    }

    [TestCase(2, 2), TestCase(5, 3)]
    public async Task A_row_number_that_comes_twice_or_goes_back_refuses_the_workbook(int first, int second)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Rows(Write(Header, (first, [Text("a"), Text("+1 2065550100")]),
            (second, [Text("b"), Text("+1 2065550101")])), Options));
        Assert.That((fault.Code, fault.Place), Is.EqualTo(("workbookRowTwice", new Place("hr.xlsx", second))));
    }

    [Test]
    public async Task A_number_where_a_phone_belongs_is_a_row_error()
    {
        SourceRow row = (await Reading.Rows(Write(Header, (2, [Text("a"), Number("12065550100")]), (3, [Text("b")])), Options))[0];
        Assert.That(row.Diagnostics.Select(fault => (fault.Code, fault.Place)), Is.EqualTo(new[] { ("numericCell", new Place("hr.xlsx", 2, "mobile")) }));
        Assert.That(row.Diagnostics[0].Message, Does.Contain("column text").And.Not.Contain("5550100"));
    }

    [Test]
    public async Task A_formula_is_a_row_error_even_though_it_has_a_value()
    {
        List<SourceRow> rows = await Reading.Rows(Write(Header, (2, [Text("a"), Text("none")]),
            (7, [Text("b"), Formula("A1", "+1 2065550100"), Text("+1 2065550101")])), Options);
        Assert.That(rows[0].Diagnostics, Is.Empty);
        Assert.That(rows[1].Diagnostics.Select(fault => (fault.Code, fault.Place)), Is.EqualTo(new[] { ("formulaCell", new Place("hr.xlsx", 7, "mobile")) }));
    }

    [Test]
    public async Task A_formula_without_a_value_is_not_taken_for_a_blank_cell()
    {
        List<SourceRow> rows = await Reading.Rows(Write(Header, (2, [Text("a"), "><f>A1</f>"]), (3, [Text("b")])), Options);
        Assert.That(rows[0].Diagnostics.Select(fault => fault.Code), Is.EqualTo(new[] { "formulaCell" }));
    }

    [Test]
    public async Task What_an_array_formula_spills_is_a_formula_too()
    {
        List<SourceRow> rows = await Reading.Rows(Write(Header, (2, [Text("a"), "t=\"str\"><f t=\"array\" ref=\"B2:B3\">C2:C3</f><v>+1 2065550100</v>"]),
            (3, [Text("b"), Text("+1 2065550101")]), (4, [Text("c"), Text("+1 2065550102")])), Options);
        Assert.That(rows.Select(row => row.Diagnostics.Length), Is.EqualTo(new[] { 1, 1, 0 }));
    }

    [Test]
    public async Task An_error_value_is_a_row_error_and_not_a_blank_cell()
    {
        List<SourceRow> rows = await Reading.Rows(Write(Header, (2, [Text("a"), Error()]), (3, [Text("b")])), Options);
        Assert.That(rows[0].Diagnostics.Select(fault => fault.Code), Is.EqualTo(new[] { "valueKind" }));
    }

    [Test]
    public async Task A_date_cell_does_not_show_its_offset()
    {
        List<SourceRow> rows = await Reading.Rows(Write(Header, (2, [Text("a"), null, null, Date(46000)]), (3, [Text("b")])), Options);
        Assert.That(rows[0].Diagnostics.Select(fault => (fault.Code, fault.Place?.Column)), Is.EqualTo(new[] { ("dateCell", "asOf") }));
    }

    [Test]
    public async Task A_whole_number_can_name_a_user()
    {
        List<SourceRow> rows = await Reading.Rows(Write(Header, (2, [Number("10042")]), (3, [Number("1.5")])), Options);
        Assert.That(rows.Select(row => row.IsValid), Is.EqualTo(new[] { true, false }));
        Assert.That(rows[0].UserText, Is.EqualTo("10042"));
    }

    [Test]
    public async Task The_sheet_is_the_named_one_else_the_first_that_is_seen()
    {
        byte[] book = Write([("Old", [Header, (2, [Text("old")])]), ("People", [Header, (2, [Text("new")])]), ("More", [Header, (2, [Text("more")])])],
            hidden: 0);
        Assert.That((await Reading.Rows(book, Options))[0].UserText, Is.EqualTo("new"));
        Assert.That((await Reading.Rows(book, Options with { Sheet = "more" }))[0].UserText, Is.EqualTo("more"));
        Assert.That((await Reading.Rows(book, Options with { Sheet = "Old" }))[0].UserText, Is.EqualTo("old"));
        SourceFault fault = await Reading.Fault(() => Reading.Rows(book, Options with { Sheet = "Sheet1" }));
        Assert.That((fault.Code, fault.Message), Is.EqualTo(("sheetMissing", "There is no such sheet; the workbook has: 'Old', 'People', 'More'.")));
    }

    [Test]
    public async Task A_value_under_no_header_is_a_row_error()
    {
        List<SourceRow> rows = await Reading.Rows(Write((1, [Text("user"), null]), (2, [Text("a"), null, Text("+1 2065550100")]), (3, [Text("b")])), Options);
        Assert.That(rows[0].Diagnostics.Select(fault => fault.Code), Is.EqualTo(new[] { "valueWithoutColumn" }));
    }

    [Test]
    public async Task What_is_no_workbook_is_refused([Values("", "user,mobile\na,b\n", "PK\u0003\u0004 broken")] string content)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Rows(System.Text.Encoding.UTF8.GetBytes(content), Options));
        Assert.That(fault.Code, Is.EqualTo(content.Length == 0 ? "sourceEmpty" : "workbookUnreadable"));
        Assert.That(fault.Advice, Is.Not.Empty);
    }

    [Test]
    public async Task A_workbook_cut_off_anywhere_is_refused()
    {
        byte[] book = Write(Header, (2, [Text("a"), Text("none")]));
        for (int length = 1; length < book.Length; length += 97)
        {
            SourceFault fault = await Reading.Fault(() => Reading.Rows(book[..length], Options));
            Assert.That(fault.Code, Is.EqualTo("workbookUnreadable"), $"{length} bytes");
        }
    }
}
