using System.IO.Compression;
using System.Text.Json;
using ProvisioningConnector.Scenarios.Tests.Support;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>A workbook in strict form with a chart before its list, through the executable.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WorkbookTests
{
    [Test]
    public async Task Its_rows_are_applied_and_the_plan_says_which_sheet_was_read()
    {
        await using Stage stage = await Crew.StageAsync(1);
        string path = stage.Shell.At("people.xlsx");
        Write(path, $"<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row><row><c t=\"s\"><v>2</v></c><c t=\"s\"><v>3</v></c></row>",
            ["user", "mobile", Crew.Name(0), "+1 2065550177"]);

        Answer plan = await stage.RunAsync("plan", "@people.xlsx", "--format", "json");
        Answer apply = await stage.RunAsync("apply", "@people.xlsx", "--yes");

        JsonElement note = plan.Document.GetProperty("diagnostics").EnumerateArray().Single(one => one.GetProperty("code").GetString() == "sheetChosen");
        Assert.That(note.GetProperty("message").GetString(), Does.Contain("'People'").And.Contain("'Chart1'").And.Contain("--sheet"), $"{plan}");
        Assert.That((apply.Exit, stage.Sandbox.Tenant.User(Crew.Name(0)).Mobile), Is.EqualTo((0, "+1 2065550177")), $"{apply}");
    }

    private static void Write(string path, string rows, string[] texts)
    {
        const string Main = "http://purl.oclc.org/ooxml/spreadsheetml/main";
        const string Office = "http://purl.oclc.org/ooxml/officeDocument/relationships";
        const string Package = "http://schemas.openxmlformats.org/package/2006/relationships";
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Part("_rels/.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"r\" Type=\"{Office}/officeDocument\" "
            + "Target=\"xl/workbook.xml\"/></Relationships>");
        Part("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\" conformance=\"strict\"><sheets>"
            + "<sheet name=\"Chart1\" sheetId=\"1\" r:id=\"c\"/><sheet name=\"People\" sheetId=\"2\" r:id=\"s\"/></sheets></workbook>");
        Part("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}\"><Relationship Id=\"c\" Type=\"{Office}/chartsheet\" Target=\"chart.xml\"/>"
            + $"<Relationship Id=\"s\" Type=\"{Office}/worksheet\" Target=\"sheet.xml\"/>"
            + $"<Relationship Id=\"t\" Type=\"{Office}/sharedStrings\" Target=\"strings.xml\"/></Relationships>");
        Part("xl/chart.xml", $"<chartsheet xmlns=\"{Main}\"/>");
        Part("xl/sheet.xml", $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>");
        Part("xl/strings.xml", $"<sst xmlns=\"{Main}\">{string.Concat(texts.Select(text => $"<si><t>{text}</t></si>"))}</sst>");

        void Part(string name, string content)
        {
            using StreamWriter part = new(zip.CreateEntry(name).Open());
            part.Write(content);
        }
    }
}
