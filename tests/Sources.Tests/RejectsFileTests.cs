using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources.Tests;

public sealed class RejectsFileTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("rejects").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Rejected_rows_are_the_original_ones_with_their_reason()
    {
        string text = await Rejects("in.csv", "user;mobile;notes\na;+1 2065550100;x\n=b;\"+1 (206;5\";\"two\nlines\"\nc;1;2;3;4\n",
            new SourceOptions("hr") { IgnoreColumns = ["notes"] });
        Assert.That(text, Is.EqualTo("rejectReason;user;mobile;notes\r\n'=why 1;'=b;\"'+1 (206;5\";\"two\nlines\"\r\n'=why 2;c;1;2;3;4\r\n"));
    }

    [Test]
    public async Task A_corrected_file_of_rejects_is_a_source()
    {
        await Rejects("in.csv", "user,mobile\na,none\nb,12\nc,13\n", new SourceOptions("hr"));
        string path = Path.Combine(_folder, "out");
        File.WriteAllText(path, File.ReadAllText(path).Replace(",12", ",+1 2065550100", StringComparison.Ordinal));
        List<SourceRow> rows = await Reading.Rows(File.ReadAllBytes(path), Reading.Options);
        Assert.That(rows.Select(row => (row.UserText, row.IsValid)), Is.EqualTo(new[] { ("b", true), ("c", false) }));
        string again = await Rejects("out", File.ReadAllText(path), new SourceOptions("hr") { Format = SourceFormat.Csv });
        Assert.That(again, Is.EqualTo("rejectReason,user,mobile\r\n'=why 1,c,13\r\n"));
    }

    [Test]
    public async Task Rejects_of_json_are_lines_of_json([Values("in.json", "in.ndjson")] string name)
    {
        string content = name == "in.json"
            ? "[{\"user\":\"a\"},\n{\"user\":\"b\",\n\"mobile\":1},{\"user\":\"ü\",\"rejectReason\":\"old\"}]"
            : "{\"user\":\"a\"}\n{\"user\":\"b\",\"mobile\":1}\n{\"user\":\"ü\",\"rejectReason\":\"old\"}\n";
        Assert.That(await Rejects(name, content, new SourceOptions("hr")),
            Is.EqualTo("{\"rejectReason\":\"=why 1\",\"user\":\"b\",\"mobile\":1}\n{\"rejectReason\":\"=why 2\",\"user\":\"ü\"}\n"));
    }

    [Test]
    public async Task Rejects_of_a_workbook_are_csv()
    {
        string path = Path.Combine(_folder, "in.xlsx");
        File.WriteAllBytes(path,
            Workbook.Write((1, [Workbook.Text("user"), Workbook.Text("mobile")]), (2, [Workbook.Text("a")]),
                (3, [Workbook.Text("b"), Workbook.Number("12065550100")])));
        Assert.That(await Rejects(path, new SourceOptions("hr")), Is.EqualTo("rejectReason,user,mobile\r\n'=why 1,b,12065550100\r\n"));
    }

    [Test]
    public async Task A_source_that_changed_meanwhile_is_refused_and_nothing_is_left()
    {
        string path = Path.Combine(_folder, "in.csv");
        File.WriteAllText(path, "user\na\n");
        string output = Path.Combine(_folder, "out");
        SourceFault fault = await Reading.Fault(() => RejectsFile.WriteAsync(path, new SourceOptions("hr"), "00", output, _ => "why", CancellationToken.None));
        Assert.That((fault.Code, Directory.GetFiles(_folder)), Is.EqualTo(("sourceChanged", new[] { path })));
    }

    [Test]
    public async Task Standard_input_is_kept_while_it_is_needed()
    {
        string path;
        await using (PrivateCopy copy = await PrivateCopy.OfAsync(new MemoryStream("user\na\n"u8.ToArray()), CancellationToken.None))
        {
            path = copy.Path;
            Assert.That(File.ReadAllText(path), Is.EqualTo("user\na\n"));
        }

        Assert.That(File.Exists(path), Is.False);
    }

    private Task<string> Rejects(string name, string content, SourceOptions options)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, content);
        return Rejects(path, options);
    }

    // All rows but the first are rejected.
    private async Task<string> Rejects(string path, SourceOptions options)
    {
        string output = Path.Combine(_folder, "out");
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
        await RejectsFile.WriteAsync(path, options, digest, output, ordinal => ordinal == 0 ? null : $"=why {ordinal}", CancellationToken.None);
        return File.ReadAllText(output);
    }
}
