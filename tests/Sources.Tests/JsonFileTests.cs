using System.Text;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Tests;

public sealed class JsonFileTests
{
    private static readonly SourceOptions Array = Reading.Options with { Format = SourceFormat.Json };

    [Test]
    public async Task The_documented_list_of_three_phones_reads()
    {
        SourceRow row = (await Reading.Json("""[{"user":"kim@contoso.com","phones":["+1 7322714703:mobile", "+1 7322714705:alternate_mobile","""
            + """ "+1 7322714709:office"]}]""")).Single();
        Assert.That(row.Diagnostics, Is.Empty);
        Assert.That(new[] { Reading.Text(row.Desired.Mobile), Reading.Text(row.Desired.AlternateMobile), Reading.Text(row.Desired.Office) },
            Is.EqualTo(new[] { "+1 7322714703", "+1 7322714705", "+1 7322714709" }));
    }

    [TestCase("null", "Unmanaged"), TestCase("\"\"", "Unmanaged"), TestCase("\"  \"", "Unmanaged"), TestCase("[]", "None"), TestCase("\"none\"", "None")]
    public async Task Absence_is_unmanaged_and_only_an_explicit_empty_value_is_none(string value, string expected)
    {
        List<SourceRow> rows = await Reading.Json($$"""[{"user":"a","mobile":{{value}},"email":{{value}}},{"_id":"b","phones":{{value}}}]""");
        Assert.That(rows.Select(row => row.IsValid), Is.All.True);
        Assert.That(Reading.Text(rows[0].Desired.Mobile), Is.EqualTo(expected));
        Assert.That(rows[0].Desired.Email.Kind.ToString(), Is.EqualTo(expected));
        Assert.That(Reading.Text(rows[1].Desired.Office), Is.EqualTo(expected));
    }

    [Test]
    public async Task Phones_may_be_written_as_in_a_cell() =>
        Assert.That(Reading.Text((await Reading.Json("""[{"user":"a","phones":"+1 2065550100:mobile|+1 2065550101:office"}]"""))[0].Desired.Office),
            Is.EqualTo("+1 2065550101"));

    [TestCase("""{"fido2":"all","softwareOath":["id1","ID1","id2"],"external":[],"hardware_oath":null}""", "Fido2: SoftwareOath:id1,id2")]
    [TestCase("""["fido2:x","fido2"]""", "Fido2:")]
    [TestCase("\"softwareOath:id1;fido2\"", "Fido2: SoftwareOath:id1")]
    [TestCase("""{}""", ""), TestCase("[]", ""), TestCase("\"none\"", "")]
    public async Task Removals_are_an_object_or_a_list(string value, string expected)
    {
        SourceRow row = (await Reading.Json($$"""[{"user":"a","remove":{{value}}}]""")).Single();
        Assert.That(row.Diagnostics, Is.Empty);
        Assert.That(string.Join(' ',
            row.Desired.Removals.OrderBy(removal => removal.Kind.ToString()).Select(removal => $"{removal.Kind}:{string.Join(',', removal.Ids)}")),
            Is.EqualTo(expected));
    }

    [TestCase("""{"user":"a","mobile":12065550100}""", "mobile", "numericCell")]
    [TestCase("""{"user":"a","phones":[12065550100]}""", "phones", "numericCell")]
    [TestCase("""{"user":"a","phones":[""]}""", "phones", "entryBlank")]
    [TestCase("""{"user":"a","phones":[null]}""", "phones", "entryBlank")]
    [TestCase("""{"user":"a","phones":{"mobile":"+1 2065550100"}}""", "phones", "valueKind")]
    [TestCase("""{"user":"a","phones":[["+1 2065550100:mobile"]]}""", "phones", "valueKind")]
    [TestCase("""{"user":"a","mobile":["+1 2065550100"]}""", "mobile", "valueKind")]
    [TestCase("""{"user":"a","mobile":true}""", "mobile", "valueKind")]
    [TestCase("""{"user":"a","remove":{"fido2":true}}""", "remove", "removeMalformed")]
    [TestCase("""{"user":"a","remove":{"fido2":"id"}}""", "remove", "removeMalformed")]
    [TestCase("""{"user":"a","remove":{"fido":[]}}""", "remove", "removeUnknown")]
    [TestCase("""{"user":"a","remove":{"fido2":[""]}}""", "remove", "removeIdMissing")]
    [TestCase("""{"user":"a","email":"\ud800"}""", "email", "valueKind")]
    [TestCase("""{"user":["a"]}""", "user", "valueKind")]
    [TestCase("""{"user":"a","mobile":"+1 2065550100","Mobile":"+1 2065550101"}""", "mobile", "propertyTwice")]
    public async Task A_value_of_the_wrong_kind_is_a_row_error(string record, string column, string code)
    {
        List<SourceRow> rows = await Reading.Json($"[{{\"user\":\"ok\"}},\n{record}]");
        Assert.That(rows[1].Diagnostics.Select(fault => (fault.Code, fault.Place)), Is.EqualTo(new[] { (code, new Place(Reading.Name, 2, column)) }));
        // Advice shows how a number is written; that of the row is not in it.
        Assert.That(rows[1].Diagnostics[0].Message.Replace("\"+1 2065550100", "", StringComparison.Ordinal), Does.Not.Contain("20655501"));
    }

    [TestCase("""{"user":"a","phones":[{"number":"+1 2065550100","type":"mobile"}]}""", "is an object, not text", "\"+1 2065550100:mobile\"")]
    [TestCase("""{"user":"a","phones":{"mobile":"+1 2065550100"}}""", "is an object, not text", "\"+1 2065550100:mobile\"")]
    [TestCase("""{"user":"a","phones":[["+1 2065550100:mobile"]]}""", "is a list in the list, not text", "\"+1 2065550100:mobile\"")]
    [TestCase("""{"user":"a","office":{"number":"+1 2065550100"}}""", "is an object, not text", "as one text: \"+1 2065550100\"")]
    [TestCase("""{"user":"a","mobile":true}""", "is true or false, not text", "as one text: \"+1 2065550100\"")]
    [TestCase("""{"user":"a","mobile":4.91711E+11}""", "is a number, not text", "put it in quotes")]
    public async Task What_stands_in_place_of_a_text_is_named_with_what_is_expected(string record, string found, string expected)
    {
        List<SourceRow> rows = await Reading.Json($"[{{\"user\":\"ok\"}},\n{record}]");
        Assert.That(rows[1].Diagnostics.Single().Message, Does.Contain(found).And.Contain(expected));
    }

    [Test]
    public async Task A_record_is_reported_by_its_line([Values(SourceFormat.Json, SourceFormat.Ndjson)] SourceFormat format, [Values(1, 7, 100000)] int chunk)
    {
        string text = format == SourceFormat.Json
            ? "\n[ {\"user\":\"a\"},\n\n{\"user\":\n\"b\"\n} , {\"user\":\"c\"}\n]\n"
            : "\n{\"user\":\"a\"}\r\n\r\n{\"user\":\"b\"}\n{\"user\":\"c\"}";
        List<SourceRow> rows = await Reading.Rows(Encoding.UTF8.GetBytes(text), Array with { Format = format }, chunk);
        Assert.That(rows.Select(row => (row.UserText, row.Place.Row)), Is.EqualTo(format == SourceFormat.Json
            ? new (string, long?)[] { ("a", 2), ("b", 4), ("c", 6) }
            : [("a", 2), ("b", 4), ("c", 5)]));
    }

    [TestCase(SourceFormat.Json, "[{\"user\":\"a\"},\n {\"user\" \"b\"}]", 2, 9)]
    [TestCase(SourceFormat.Json, "[{\"user\":\"a\"}\n {\"user\":\"b\"}]", 2, 1)]
    [TestCase(SourceFormat.Json, "[{\"user\":\"a\"}] x", 1, 15)]
    [TestCase(SourceFormat.Json, "[{\"user\":\"a\"},]", 1, 14)]
    [TestCase(SourceFormat.Ndjson, "{\"user\":\"a\"}\n{\"user\":\"b\"", 2, 11)]
    [TestCase(SourceFormat.Ndjson, "{\"user\":\"a\"} {\"user\":\"b\"}", 1, 13)]
    public async Task Malformed_json_is_reported_with_line_and_position(SourceFormat format, string text, long line, long position)
    {
        SourceFault fault = await Reading.Fault(() => Reading.Json(text, format));
        Assert.That((fault.Code, fault.Place.Row, fault.Message),
            Is.EqualTo(("jsonMalformed", (long?)line, $"The JSON is malformed at byte {position} of this line.")));
    }

    [TestCase(SourceFormat.Json, "[{\"user\":\"a\"}", "jsonMalformed")]
    [TestCase(SourceFormat.Json, "{\"user\":\"a\"}", "jsonNotArray")]
    [TestCase(SourceFormat.Json, "[\"a\"]", "jsonNotObject")]
    [TestCase(SourceFormat.Ndjson, "[{\"user\":\"a\"}]", "jsonNotObject")]
    [TestCase(SourceFormat.Json, "[]", "noValidRow")]
    [TestCase(SourceFormat.Json, "", "sourceEmpty")]
    [TestCase(SourceFormat.Ndjson, "\n\n", "noValidRow")]
    public async Task What_is_no_list_of_objects_is_refused(SourceFormat format, string text, string code) =>
        Assert.That((await Reading.Fault(() => Reading.Json(text, format))).Code, Is.EqualTo(code));

    [Test]
    public async Task An_unlisted_property_is_a_file_error_with_the_records_place([Values(SourceFormat.Json, SourceFormat.Ndjson)] SourceFormat format)
    {
        string text = format == SourceFormat.Json
            ? "[{\"user\":\"a\"},\n{\"user\":\"b\",\"moblie\":\"x\"}]" : "{\"user\":\"a\"}\n{\"user\":\"b\",\"moblie\":\"x\"}\n";
        SourceFault fault = await Reading.Fault(() => Reading.Json(text, format));
        Assert.That((fault.Code, fault.Place), Is.EqualTo(("columnUnknown", new Place(Reading.Name, 2, "moblie"))));
        Assert.That(fault.Message, Does.EndWith("Did you mean mobile?"));
        Assert.That(await Reading.Json(text, format, options => options with { IgnoreColumns = ["Moblie"] }), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_record_over_the_limit_is_refused_and_one_within_it_is_read([Values(SourceFormat.Json, SourceFormat.Ndjson)] SourceFormat format,
        [Values] bool over)
    {
        string record = $"{{\"user\":\"{new string('a', 1 << 20)[(over ? 0 : 100)..]}\"}}";
        string text = format == SourceFormat.Json ? $"[{{\"user\":\"b\"}},\n{record},{{\"user\":\"c\"}}]" : $"{{\"user\":\"b\"}}\n{record}\n{{\"user\":\"c\"}}";
        if (!over)
        {
            Assert.That(await Reading.Json(text, format), Has.Count.EqualTo(3));
            return;
        }

        SourceFault fault = await Reading.Fault(() => Reading.Json(text, format));
        Assert.That((fault.Code, fault.Place.Row), Is.EqualTo(("recordTooLarge", (long?)2)));
    }
}
