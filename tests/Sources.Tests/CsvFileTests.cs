using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Tests;

public sealed class CsvFileTests
{
    private static readonly string[] Delimiters = [",", ";", "\t"];
    private static readonly string[] LineEnds = ["\n", "\r\n"];

    [Test]
    public async Task Every_delimiter_line_end_quoting_and_mark_reads_the_same(
        [ValueSource(nameof(Delimiters))] string delimiter,
        [ValueSource(nameof(LineEnds))] string lineEnd,
        [Values] bool quoted,
        [Values] bool mark,
        [Values(1, 3, 4096)] int chunk)
    {
        string[][] table = [["User", "Mobile", "Office", "E-mail"], ["kim@contoso.com", "+1 2065550100", "+1 2065550101x7", "kim@example.com"],
            ["zoë@contoso.com", "none", "", ""]];
        string text = string.Concat(table.Select(line => string.Join(delimiter, line.Select(cell => quoted ? $"\"{cell}\"" : cell)) + lineEnd));
        byte[] bytes = Encoding.UTF8.GetPreamble().Where(_ => mark).Concat(Encoding.UTF8.GetBytes(text)).ToArray();

        List<SourceRow> rows = await Reading.Rows(bytes, Reading.Options, chunk);

        Assert.That(rows.Select(row => (row.Ordinal, row.Place.Row, row.UserText)),
            Is.EqualTo(new (long, long?, string)[] { (0, 2, "kim@contoso.com"), (1, 3, "zoë@contoso.com") }));
        Assert.That(rows.SelectMany(row => row.Diagnostics), Is.Empty);
        Assert.That(Reading.Text(rows[0].Desired.Mobile), Is.EqualTo("+1 2065550100"));
        Assert.That(Reading.Text(rows[0].Desired.Office), Is.EqualTo("+1 2065550101x7"));
        Assert.That(Reading.Text(rows[0].Desired.AlternateMobile), Is.EqualTo("Unmanaged"));
        Assert.That(rows[0].Desired.Email.TryGet(out string? email) ? email : null, Is.EqualTo("kim@example.com"));
        Assert.That(Reading.Text(rows[1].Desired.Mobile), Is.EqualTo("None"));
        Assert.That(Reading.Text(rows[1].Desired.Office), Is.EqualTo("Unmanaged"));
        Assert.That(rows[1].Desired.Email.IsManaged, Is.False);
    }

    [Test]
    public async Task A_row_is_reported_by_the_line_where_it_starts()
    {
        List<SourceRow> rows = await Reading.Csv("user,mobile,notes\n\na,,\"one\ntwo\"\n\r\nb,,\n,,\nc,,x\n",
            options => options with { IgnoreColumns = ["Notes"] });
        Assert.That(rows.Select(row => (row.UserText, row.Place.Row)), Is.EqualTo(new (string, long?)[] { ("a", 3), ("b", 6), ("c", 8) }));
    }

    [Test]
    public async Task The_delimiter_is_the_header_lines_and_not_the_cells()
    {
        List<SourceRow> rows = await Reading.Csv("user,phones\na,+1 2065550100:mobile;+1 2065550101:office|+1 2065550102:alternate mobile\n");
        Assert.That(rows[0].IsValid);
        Assert.That(Reading.Text(rows[0].Desired.AlternateMobile), Is.EqualTo("+1 2065550102"));
    }

    [Test]
    public async Task A_list_of_phones_removes_the_slots_it_does_not_name()
    {
        List<SourceRow> rows = await Reading.Csv("user;phones\na;\"+1 2065550100;ext=12:office;+1 2065550101:mobile\"\nb;none\nc;\n");
        Assert.That(rows.Select(row => $"{Reading.Text(row.Desired.Mobile)} {Reading.Text(row.Desired.AlternateMobile)} {Reading.Text(row.Desired.Office)}"),
            Is.EqualTo(new[] { "+1 2065550101 None +1 2065550100x12", "None None None", "Unmanaged Unmanaged Unmanaged" }));
    }

    [Test]
    public async Task Excels_first_line_naming_the_delimiter_is_not_the_header()
    {
        List<SourceRow> rows = await Reading.Csv("sep=;\r\nuser;mobile\r\na;+1 2065550100\r\n");
        Assert.That(rows.Single().Place.Row, Is.EqualTo(3));
        Assert.That(Reading.Text(rows[0].Desired.Mobile), Is.EqualTo("+1 2065550100"));
    }

    [Test]
    public async Task A_header_cell_may_have_a_line_break_and_lines_may_end_in_the_old_way()
    {
        Assert.That((await Reading.Csv("\"alternate\nmobile\",user\nnone,a\n")).Single().Place.Row, Is.EqualTo(3));
        Assert.That((await Reading.Csv("user,mobile\ra,none\rb,\r")).Select(row => row.UserText), Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase("hr.csv", SourceFormat.Csv), TestCase("hr.TSV", SourceFormat.Csv), TestCase("hr.txt", SourceFormat.Csv),
        TestCase("a.b.xlsx", SourceFormat.Xlsx), TestCase("hr.xlsm", SourceFormat.Xlsx)]
    [TestCase("hr.json", SourceFormat.Json), TestCase("hr.ndjson", SourceFormat.Ndjson), TestCase("hr.jsonl", SourceFormat.Ndjson),
        TestCase("hr.xls", null), TestCase("csv", null), TestCase("hr.", null)]
    public void The_ending_reports_the_format(string path, SourceFormat? expected) =>
        Assert.That(SourceFormats.TryOfPath(path, out SourceFormat format) ? format : (SourceFormat?)null, Is.EqualTo(expected));

    [TestCase("user"), TestCase("UPN"), TestCase("User Principal Name"), TestCase("user_principal-name"), TestCase("id"), TestCase("_id"), TestCase("ID")]
    public async Task The_user_column_has_many_names(string header) =>
        Assert.That((await Reading.Csv($"{header}\nkim@contoso.com\n")).Single().Key, Is.EqualTo(new UserKey(UserKeyKind.Name, "kim@contoso.com")));

    [TestCase("phones"), TestCase("__phoneAuthenticationMethods__")]
    public async Task The_phones_column_has_two_names(string header) =>
        Assert.That((await Reading.Csv($"user,{header}\na,none\n")).Single().Desired.Mobile.Kind, Is.EqualTo(ManagedKind.None));

    [TestCase("mobile,alternateMobile,office,email"), TestCase("MOBILE,Alternate Mobile,Office Phone,__emailAuthenticationMethod__"),
        TestCase("mobile,alternate_mobile,officePhone,E-Mail")]
    public async Task The_value_columns_have_many_spellings(string header)
    {
        DesiredMethods desired = (await Reading.Csv($"user,{header}\na,+1 2065550100,+1 2065550101,+1 2065550102,a@b.cd\n")).Single().Desired;
        Assert.That(new[] { Reading.Text(desired.Mobile), Reading.Text(desired.AlternateMobile), Reading.Text(desired.Office) },
            Is.EqualTo(new[] { "+1 2065550100", "+1 2065550101", "+1 2065550102" }));
        Assert.That(desired.Email.IsManaged);
    }

    [Test]
    public async Task The_digest_is_of_all_bytes_and_known_at_the_end()
    {
        byte[] bytes = "﻿user\na\n"u8.ToArray();
        await using ISource source = await SourceFile.OpenAsync("-", Reading.Options, () => new MemoryStream(bytes), CancellationToken.None);
        Assert.That(source.Sha256, Is.Null);
        await foreach (SourceRow row in source.RowsAsync(CancellationToken.None)) Assert.That(row.IsValid);
        Assert.That(source.Sha256, Is.EqualTo(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes))));
        Assert.That(source.Rows, Is.EqualTo(1));
    }
}
