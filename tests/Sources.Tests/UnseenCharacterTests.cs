using System.Text.Json;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using static ProvisioningConnector.Sources.Tests.Workbook;

namespace ProvisioningConnector.Sources.Tests;

/// <summary>Invisible characters are cut at the ends of a value and refused inside, in every column and format.</summary>
public sealed class UnseenCharacterTests
{
    private static readonly string[] Signs =
    [
        "\u200B", "\uFEFF", "\u00AD", "\u3164", "\uFFA0", "\u115F", "\u1160", "\u202A", "\u202E",
        "\u2066", "\u200E", "\u061C", "\u2060", "\u2063", "\u180E", "\u2800", "\u034F",
        "\u17B4", "\uFE0F", "\uFFF9", "\uFFFC", "\U000E0001", "\U000E0061", "\U000E0100", "\U0001D173",
    ];

    private static readonly (string Column, string Value)[] Values =
    [
        ("user", "kim@contoso.com"), ("mobile", "+1 206 555 0100"), ("alternateMobile", "+1 206 555 0101"),
        ("office", "+1 206 555 0102 x7"), ("email", "kim@example.org"),
        ("remove", "fido2"), ("smsSignIn", "off"), ("country", "US"), ("asOf", "2026-01-31T18:00:00Z"),
    ];

    [Test]
    public async Task At_the_ends_of_a_cell_they_are_cut([ValueSource(nameof(Signs))] string sign)
    {
        string header = string.Join(',', Values.Select(v => v.Column)), plain = string.Join(',', Values.Select(v => v.Value)),
            wrapped = string.Join(',', Values.Select(v => sign + v.Value + sign));
        List<SourceRow> rows = await Reading.Csv($"{header}\n{plain}\n{wrapped}\n");
        Assert.That(rows[1].Diagnostics, Is.Empty);
        Assert.That(rows[1] with { Ordinal = 0, Place = rows[0].Place, Desired = rows[0].Desired }, Is.EqualTo(rows[0] with { Ordinal = 0 }));
        Assert.That((rows[1].Desired with { Removals = [] }, rows[1].Desired.Removals.Single().Kind),
            Is.EqualTo((rows[0].Desired with { Removals = [] }, rows[0].Desired.Removals.Single().Kind)));
    }

    [Test]
    public async Task Inside_a_cell_they_are_a_row_error_that_names_them([ValueSource(nameof(Signs))] string sign)
    {
        foreach ((string column, string value) in Values)
        {
            string cell = value[..1] + sign + value[1..];
            string row = column == "user" ? cell : $"a,{cell}";
            SourceRow read = (await Reading.Csv($"{(column == "user" ? "user" : "user," + column)}\nfirst{(column == "user" ? "" : ",")}\n{row}\n"))[1];
            Assert.That(read.Diagnostics.Select(d => (d.Code, d.Place?.Column)), Is.EqualTo(new[] { ("invisibleCharacter", column) }), column);
            Assert.That(read.Diagnostics[0].Message, Does.Contain($"U+{char.ConvertToUtf32(sign, 0):X4}").And.Not.Contain(sign), column);
            Assert.That(read.IsValid, Is.False);
        }
    }

    [TestCase("phones", "\u202A+1 2065550100\u202C:mobile ; \u200B+1 2065550101 : office\u200B", null)]
    [TestCase("phones", "+1 206\u200B5550100:mobile", "invisibleCharacter")]
    [TestCase("phones", "+1 2065550100:mo\u200Bbile", "invisibleCharacter")]
    [TestCase("phones", "+1 2065550100\u00A0:\u00A0mobile", null)]
    [TestCase("mobile", "+1\u00A0206\u2009555\u30000100", null)]
    [TestCase("remove", "fido2\u200B; \uFEFFsoftwareOath:id1\u200B", null)]
    [TestCase("remove", "softwareOath:i\u200Bd1", "invisibleCharacter")]
    [TestCase("email", "kim\u00A0@example.org", "invisibleCharacter")]
    [TestCase("email", "kim\uFFFD@example.org", "invisibleCharacter")]
    [TestCase("email", "kim @example.org", "emailMalformed")]
    [TestCase("email", "\u200B\u00AD", null)]
    [TestCase("mobile", "none\u200B", null)]
    public async Task Entries_of_a_list_have_ends_of_their_own_and_blanks_may_separate_digits(string column, string cell, string? code)
    {
        SourceRow row = (await Reading.Csv($"user,{column}\nfirst,\na,{cell}\n"))[1];
        Assert.That(row.Diagnostics.Select(d => d.Code), Is.EqualTo(code is null ? [] : new[] { code }));
    }

    [Test]
    public async Task A_column_is_known_by_its_name_without_them([ValueSource(nameof(Signs))] string sign)
    {
        Assert.That((await Reading.Csv($"{sign}user{sign},{sign}mobile\na,none\n"))[0].Desired.Mobile.IsManaged);
        Assert.That((await Reading.Json($$"""[{"{{sign}}user":"a","mobile{{sign}}":"none"}]"""))[0].Desired.Mobile.IsManaged);
        foreach (SourceFault fault in (SourceFault[])[await Reading.Fault(() => Reading.Csv($"user,mo{sign}bile\na,none\n")),
            await Reading.Fault(() => Reading.Json($$"""[{"user":"a","mo{{sign}}bile":"none"}]"""))])
        {
            Assert.That(fault.Code, Is.EqualTo("invisibleCharacter"));
            Assert.That(fault.Message + fault.Place.Column, Does.Contain($"U+{char.ConvertToUtf32(sign, 0):X4}").And.Not.Contain(sign));
        }
    }

    [Test]
    public async Task Half_a_surrogate_pair_in_a_property_is_reported_and_not_an_internal_error()
    {
        Assert.That((await Reading.Fault(() => Reading.Json("""[{"user":"a","mo\ud800bile":"none"}]"""))).Code, Is.EqualTo("invisibleCharacter"));
        Assert.That((await Reading.Json("""[{"user":"b"},{"user":"a","remove":{"fi\ud800do2":"all"}}]"""))[1].Diagnostics.Single().Code,
            Is.EqualTo("removeMalformed"));
    }

    [Test]
    public async Task Workbooks_and_lines_of_JSON_are_judged_alike()
    {
        List<SourceRow> book = await Reading.Rows(Write((1, [Text("user"), Text("email")]), (2, [Text("\u200Ba"), Text("kim@example.org\u200B")]),
            (3, [Text("b"), Text("k\u200Bim@example.org")])), new("hr.xlsx") { Format = SourceFormat.Xlsx });
        List<SourceRow> lines = await Reading.Json(
            $"{JsonSerializer.Serialize(new { user = "\u200Ba", email = "kim@example.org\u200B" })}\n"
            + $"{JsonSerializer.Serialize(new { user = "b", email = "k\u200Bim@example.org" })}\n", SourceFormat.Ndjson);
        foreach (List<SourceRow> rows in (List<SourceRow>[])[book, lines])
        {
            Assert.That((rows[0].UserText, rows[0].Desired.Email.TryGet(out string? email) ? email : null), Is.EqualTo(("a", "kim@example.org")));
            Assert.That(rows[1].Diagnostics.Single().Code, Is.EqualTo("invisibleCharacter"));
        }
    }
}
