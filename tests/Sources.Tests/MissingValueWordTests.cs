using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using static ProvisioningConnector.Sources.Tests.Workbook;

namespace ProvisioningConnector.Sources.Tests;

/// <summary>What programs write for a missing value removes nothing: only <c>none</c> does, as <c>export</c> writes it.</summary>
public sealed class MissingValueWordTests
{
    private static readonly string[] Words =
    [
        "None", "NONE", "nOne", "NULL", "null", "Null", "nan", "NaN", "N/A", "n/a", "#N/A", "NA",
        "<NA>", "NaT", "nil", "undefined", "(null)", "[null]", "(none)", "\\N", "-", "--", "—", "[]", "{}", "#REF!", "DBNull",
    ];

    private static readonly string[] Columns = ["user", "phones", "mobile", "alternateMobile", "office", "email", "remove", "smsSignIn", "country", "asOf"];

    [Test]
    public async Task In_every_column_and_format_it_is_a_row_error_with_advice([ValueSource(nameof(Words))] string word,
        [ValueSource(nameof(Columns))] string column)
    {
        if (column == "country" && word == "NA") Assert.Pass("Namibia.");
        bool isUser = column == "user";
        Dictionary<string, string> record = isUser ? new() { ["user"] = $" {word} " } : new() { ["user"] = "a", [column] = $" {word} " };
        string[] names = [.. record.Keys];
        byte[] book = Write((1, [.. names.Select(Text)]), (2, [Text("first")]), (3, [.. record.Values.Select(Text)]));
        foreach (List<SourceRow> rows in (List<SourceRow>[])
        [
            await Reading.Csv($"{string.Join(',', names)}\nfirst{(isUser ? "" : ",")}\n{string.Join(',', record.Values)}\n"),
            await Reading.Json($$"""[{"user":"first"},{{JsonSerializer.Serialize(record)}}]"""),
            await Reading.Json($"{{\"user\":\"first\"}}\n{JsonSerializer.Serialize(record)}\n", SourceFormat.Ndjson),
            await Reading.Rows(book, new(Reading.Name) { Format = SourceFormat.Xlsx }),
        ])
        {
            Diagnostic fault = rows[1].Diagnostics.Single();
            Assert.That((fault.Code, fault.Place?.Column), Is.EqualTo(("missingValueWord", column)));
            Assert.That(fault.Message, Does.Contain($"'{word}'").And.Contain(isUser ? "remove the row" : "Leave the cell empty"));
        }
    }

    [TestCase("phones", """["None"]"""), TestCase("phones", """["+1 2065550100:mobile","nan"]"""),
        TestCase("phones", "\"None:mobile;+1 2065550101:office\""), TestCase("phones", """["nan:mobile"]""")]
    [TestCase("phones", "\"+1 2065550101:office;NULL\""), TestCase("remove", """["None"]"""),
        TestCase("remove", "\"fido2;NULL\""), TestCase("remove", """{"fido2":["None"]}"""), TestCase("remove", "\"fido2:nan\"")]
    [TestCase("user", "\"employeeId:None\""), TestCase("user", "\"mail:nan\"")]
    public async Task Within_a_list_and_behind_a_prefix_it_is_one_too(string column, string value)
    {
        string user = column == "user" ? value : "\"a\"", rest = column == "user" ? "" : $",\"{column}\":{value}";
        SourceRow row = (await Reading.Json($$"""[{"user":"first"},{"user":{{user}}{{rest}}}]"""))[1];
        Assert.That(row.Diagnostics.Select(d => d.Code), Is.EqualTo(new[] { "missingValueWord" }));
    }

    [TestCase("none"), TestCase(" none "), TestCase("\tnone\u00A0")]
    public async Task The_word_none_in_lower_case_and_the_empty_list_still_say_that_there_is_no_value(string word)
    {
        foreach (string value in (string[])[JsonSerializer.Serialize(word), "[]"])
        {
            SourceRow[] rows = [.. await Reading.Json(
                $$"""[{"user":"a","mobile":{{value}},"alternateMobile":{{value}},"office":{{value}},"email":{{value}},"remove":{{value}}},"""
                + $$"""{"user":"b","phones":{{value}}}]""")];
            Assert.That(rows.SelectMany(row => row.Diagnostics), Is.Empty);
            Assert.That((rows[0].Desired.Mobile.Kind, rows[0].Desired.Email.Kind, rows[1].Desired.Office.Kind),
                Is.EqualTo((ManagedKind.None, ManagedKind.None, ManagedKind.None)));
        }
    }

    [TestCase("NA"), TestCase("na")]
    public async Task Namibia_is_a_country(string country) =>
        Assert.That((await Reading.Csv($"user,country,mobile\na,{country},+264 811234567\n"))[0].Diagnostics, Is.Empty);
}
