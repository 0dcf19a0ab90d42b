using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Tests;

public sealed class FileErrorTests
{
    private static readonly Encoding Latin = Encoding.Latin1;

    [Test]
    public async Task A_missing_file_says_so()
    {
        SourceFault fault = await Reading.Fault(() => Open(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "hr.csv")));
        Assert.That((fault.Code, fault.Place), Is.EqualTo(("sourceNotFound", new Place("hr"))));
        Assert.That(fault.Advice, Does.Contain("path"));
    }

    [Test]
    public async Task A_folder_is_no_source([Values("", "named.csv")] string name)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), name));
        Assert.That((await Reading.Fault(() => Open(folder.FullName))).Code, Is.EqualTo("sourceIsFolder"));
        folder.Delete();
    }

    [Test]
    public async Task An_ending_that_reports_no_format_asks_for_it()
    {
        string path = Path.GetTempFileName();
        SourceFault fault = await Reading.Fault(() => Open(path));
        File.Delete(path);
        Assert.That((fault.Code, fault.Advice), Is.EqualTo(("formatUnknown", "Name it with --input FORMAT: csv, xlsx, json, ndjson.")));
    }

    [Test]
    public async Task Standard_input_needs_its_format() =>
        Assert.That((await Reading.Fault(() => Open("-"))).Code, Is.EqualTo("formatUnknown"));

    [Test, Platform("Linux")]
    public async Task An_unreadable_file_says_so()
    {
        // Permissions do not bind the superuser; the memory of a process at address 0 does.
        string path = Environment.IsPrivilegedProcess ? "/proc/self/mem" : Forbidden();
        SourceFault fault = await Reading.Fault(() => SourceFile.OpenAsync(path, Reading.Options, () => Stream.Null, CancellationToken.None));
        Assert.That((fault.Code, fault.Advice.Contains("permissions", StringComparison.Ordinal)), Is.EqualTo(("sourceUnreadable", true)));
        if (!Environment.IsPrivilegedProcess) File.Delete(path);
    }

    [Test]
    public async Task A_stream_that_breaks_is_unreadable()
    {
        SourceFault fault = await Reading.Fault(async () =>
        {
            await using ISource source = await SourceFile.OpenAsync("-", Reading.Options, () => new BrokenStream(), CancellationToken.None);
            await foreach (SourceRow row in source.RowsAsync(CancellationToken.None)) Assert.That(row, Is.Not.Null);
        });
        Assert.That(fault.Code, Is.EqualTo("sourceUnreadable"));
    }

    [Test]
    public async Task An_empty_file_is_refused([Values("", "﻿")] string content) =>
        Assert.That((await Reading.Fault(() => Reading.Csv(content))).Code, Is.EqualTo("sourceEmpty"));

    [Test]
    public async Task A_file_without_rows_is_refused([Values("user,mobile", "user,mobile\n\n,,\n")] string content)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Csv(content));
        Assert.That((fault.Code, fault.Message), Is.EqualTo(("noValidRow", "There is no row below the header.")));
    }

    [Test]
    public async Task A_file_whose_rows_are_all_wrong_is_refused_with_the_rows_errors()
    {
        SourceException refused = await Reading.Refused(() => Reading.Csv("user,mobile\n,none\nb,12\n"));
        Assert.That(refused.Faults.Single().Code, Is.EqualTo("noValidRow"));
        Assert.That(refused.Rows.Select(fault => fault.Place?.Row), Is.EqualTo(new long?[] { 2, 3 }));
        Assert.That(refused.Faults.Select(fault => fault.Code).Concat(refused.Rows.Select(row => row.Code)),
            Is.EqualTo(new[] { "noValidRow", "userBlank", "phoneCountryMissing" }));
    }

    [Test]
    public async Task Utf16_is_named_with_the_way_out([Values("utf-16", "utf-16BE")] string encoding, [Values] bool mark)
    {
        Encoding wide = Encoding.GetEncoding(encoding);
        SourceFault fault = await Reading.Fault(() => Reading.Rows([.. mark ? wide.GetPreamble() : [], .. wide.GetBytes("user,mobile\n")], Reading.Options));
        Assert.That((fault.Code, fault.Message), Is.EqualTo(("notUtf8", "The file is UTF-16 text, not UTF-8.")));
        Assert.That(fault.Advice, Does.Contain("CSV UTF-8"));
    }

    [Test]
    public async Task A_byte_that_is_not_utf8_is_reported_with_offset_and_line([Values(1, 2, 3, 5, 1000)] int chunk)
    {
        byte[] bytes = Latin.GetBytes("user\na€é\nzoë@contoso.com\n".Replace("€é", "", StringComparison.Ordinal));
        SourceFault fault = await Reading.Fault(() => Reading.Rows(bytes, Reading.Options, chunk));
        Assert.That((fault.Code, fault.Place.Row, fault.Message), Is.EqualTo(("notUtf8", (long?)3, "The file is not UTF-8: byte 9 (counted from 0) is 0xEB.")));
    }

    [Test]
    public async Task A_character_cut_off_at_the_end_is_not_utf8() =>
        Assert.That((await Reading.Fault(() => Reading.Rows([.. "user\na"u8, 0xC3], Reading.Options))).Message, Does.Contain("byte 6 "));

    [Test]
    public async Task A_zero_byte_is_no_text() =>
        Assert.That((await Reading.Fault(() => Reading.Csv("user\na\0b\n"))).Message, Does.Contain("byte 6 "));

    [Test]
    public async Task A_workbook_read_as_csv_is_named()
    {
        SourceFault fault = await Reading.Fault(() => Reading.Rows(Workbook.Write((1, [Workbook.Text("user")])), Reading.Options));
        Assert.That((fault.Code, fault.Advice.Contains("--input xlsx", StringComparison.Ordinal)), Is.EqualTo(("formatWrong", true)));
    }

    [TestCase("user,moblie", "moblie", "mobile"), TestCase("user,Alternat Mobile", "Alternat Mobile", "alternateMobile"),
        TestCase("user,emial", "emial", "email")]
    [TestCase("user,Department", "Department", null)]
    public async Task An_unlisted_column_is_refused_with_the_nearest_right_name(string header, string column, string? nearest)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Csv(header + "\na,\n"));
        Assert.That((fault.Code, fault.Place), Is.EqualTo(("columnUnknown", new Place(Reading.Name, 1, column))));
        Assert.That(fault.Message, nearest is null ? Does.Not.Contain("Did you mean") : Does.EndWith($"Did you mean {nearest}?"));
        Assert.That(fault.Advice, Does.Contain("--ignore-columns"));
    }

    [Test]
    public async Task An_ignored_column_has_no_effect() =>
        Assert.That((await Reading.Csv("user,Cost-Center,mobile\na,12,none\n",
            options => options with { IgnoreColumns = ["cost center"] })).Single().Desired.Mobile.Kind, Is.EqualTo(ManagedKind.None));

    [TestCase("user,mobile,Mobile", "The columns 'mobile' and 'Mobile' mean the same."), TestCase("user,upn", "The columns 'user' and 'upn' mean the same."),
        TestCase("user,office,office", "The column 'office' occurs twice.")]
    public async Task Two_columns_that_mean_the_same_are_refused(string header, string message)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Csv(header + "\na,,\n"));
        Assert.That((fault.Code, fault.Message), Is.EqualTo(("columnDuplicate", message)));
    }

    [Test]
    public async Task Everything_wrong_with_a_header_is_reported_at_once()
    {
        SourceException refused = await Reading.Refused(() => Reading.Csv("usr,mobile,mobile,x-y-z\n"));
        Assert.That(refused.Faults.Select(fault => fault.Code), Is.EqualTo(new[] { "userColumnMissing", "columnUnknown", "columnDuplicate", "columnUnknown" }));
    }

    [Test]
    public async Task A_header_that_is_missing_gives_away_no_number()
    {
        SourceException refused = await Reading.Refused(() => Reading.Csv("kim@contoso.com,+1 2065550100\n"));
        Assert.That(refused.Message + string.Join(' ', refused.Faults), Does.Not.Contain("2065550100"));
        Assert.That(refused.Faults[0].Code, Is.EqualTo("userColumnMissing"));
    }

    [Test]
    public async Task A_header_of_blanks_is_missing([Values("\n\n", ",,\n")] string content) =>
        Assert.That((await Reading.Fault(() => Reading.Csv(content))).Code, Is.EqualTo("headerMissing"));

    [Test]
    public async Task A_record_over_one_megabyte_is_refused_and_one_within_is_read([Values] bool over, [Values] bool quoted, [Values(4096, 1 << 22)] int chunk)
    {
        string quote = quoted ? "\"" : "";
        string record = $"a,{quote}{new string('x', (1 << 20) - 4 + (over ? 3 : 0))}{quote}"[..];
        if (quoted && !over) record = record.Replace("xx\"", "\"", StringComparison.Ordinal);
        byte[] bytes = Encoding.UTF8.GetBytes($"user,notes\nfirst,\n{record}\nlast,\n");
        SourceOptions options = Reading.Options with { IgnoreColumns = ["notes"] };
        if (!over)
        {
            Assert.That(await Reading.Rows(bytes, options, chunk), Has.Count.EqualTo(3));
            return;
        }

        SourceFault fault = await Reading.Fault(() => Reading.Rows(bytes, options, chunk));
        Assert.That((fault.Code, fault.Place.Row, fault.Message), Is.EqualTo(("recordTooLarge", (long?)3, "The record is larger than 1048576 bytes.")));
    }

    [TestCase("#TYPE System.Management.Automation.PSCustomObject\n\"user\",\"mobile\"\n\"a\",\"none\"\n", "headerTypeLine", "-NoTypeInformation")]
    [TestCase("#type Selected.Microsoft.ActiveDirectory.Management.ADUser\nuser;mobile\na;none\n", "headerTypeLine", "-NoTypeInformation")]
    [TestCase("\"#TYPE x\"\nuser,mobile\na,none\n", "headerTypeLine", "-NoTypeInformation")]
    [TestCase("sep=|\nuser|mobile\na|none\n", "delimiterUnsupported", "comma, semicolon or tab")]
    [TestCase("\"sep=:\"\nuser:mobile\na:none\n", "delimiterUnsupported", "comma, semicolon or tab")]
    public async Task A_line_that_a_program_writes_before_the_header_is_reported_as_what_it_is(string text, string code, string advice)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Csv(text));
        Assert.That((fault.Code, fault.Place), Is.EqualTo((code, new Place(Reading.Name, 1))));
        Assert.That(fault.Advice, Does.Contain(advice));
    }

    [TestCase("user,mobile\na,none\nb,\"none\nc,none\n", 3, "A quote opens here")]
    [TestCase("user,mobile\na,none\nb,\"none\" x\nc,none\n", 3, "Text follows a closing quote")]
    [TestCase("user,mobile\na,\"no\"ne\n", 2, "Text follows a closing quote")]
    [TestCase("user,\"mobile\na,none\n", 1, "A quote opens here")]
    public async Task Quotes_that_leave_the_end_of_a_record_open_are_refused(string content, long line, string message)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Csv(content));
        Assert.That((fault.Code, fault.Place.Row), Is.EqualTo(("csvMalformed", (long?)line)));
        Assert.That(fault.Message, Does.StartWith(message));
    }

    [Test]
    public async Task A_quote_never_closed_in_a_large_file_does_not_take_memory_without_end()
    {
        string content = "user,notes\na,\"x\n" + string.Concat(Enumerable.Repeat("b,y\n", 1 << 19));
        SourceFault fault = await Reading.Fault(() => Reading.Csv(content, options => options with { IgnoreColumns = ["notes"] }));
        Assert.That((fault.Code, fault.Place.Row), Is.EqualTo(("recordTooLarge", (long?)2)));
        Assert.That(fault.Advice, Does.Contain("quote that is never closed"));
    }

    [Test]
    public async Task Reading_ends_when_it_is_cancelled()
    {
        using CancellationTokenSource cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.That(async () => await SourceFile.OpenAsync("-", Reading.Options, () => new MemoryStream("user\na\n"u8.ToArray()), cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    private static string Forbidden()
    {
        string path = Path.GetTempFileName();
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
        return path;
    }

    private static Task<ISource> Open(string path) =>
        SourceFile.OpenAsync(path, new SourceOptions("hr"), () => throw new AssertionException("Standard input was opened."), CancellationToken.None);

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("The disk is gone.");
    }
}
