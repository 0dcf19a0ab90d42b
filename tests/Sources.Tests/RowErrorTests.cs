using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Sources.Tests;

public sealed class RowErrorTests
{
    // header | row | column | code | part of the message
    [TestCase("user,mobile", " ,none", "user", "userBlank", "object id or user principal name")]
    [TestCase("user,mobile", "employeeId:,none", "user", "userBlank", "employeeId:…")]
    [TestCase("user,mobile", "none,none", "user", "userBlank", "remove the row")]
    [TestCase("user,phones,mobile,office", "a,+1 4255550100:mobile,none,+1 4255550101", "phones", "phonesAndSlot", "mobile, office")]
    [TestCase("user,phones,mobile", "a,none,none", "phones", "phonesAndSlot", "leave the other blank")]
    [TestCase("user,mobile", "a,call me", "mobile", "phoneMalformed", "digits only")]
    [TestCase("user,mobile", "a,+1 425555O199", "mobile", "phoneMalformed", "digits only")]
    [TestCase("user,mobile", "a,4255550100", "mobile", "phoneCountryMissing", "DefaultCountry")]
    [TestCase("user,mobile", "a,+999 12345678", "mobile", "phoneMalformed", "not begin with a country code")]
    [TestCase("user,country,mobile", "a,DE,01711234567.0", "mobile", "phoneDecimal", "as text")]
    [TestCase("user,mobile", "a,+212 522000100/04", "mobile", "phoneTwoNumbers", "Keep one number")]
    [TestCase("user,phones", "a,+1 4255550100 or +1 4255550101:mobile", "phones", "phoneTwoNumbers", "Keep one number")]
    [TestCase("user;mobile", "a;4,91711E+11", "mobile", "phoneScientific", "as text")]
    [TestCase("user,phones", "a,1.20656E+10:mobile", "phones", "phoneScientific", "as text")]
    [TestCase("user,country,mobile", "a,IT,39051123456", "mobile", "phonePlusLost", "with + and the country code")]
    [TestCase("user,mobile", "a,+370 (8-611) 11111", "mobile", "phoneTrunkPrefix", "Leave that 8 out")]
    [TestCase("user,mobile", "a,+1 206*****00", "mobile", "valueMasked", "full numbers")]
    [TestCase("user,mobile", "a,+1 ••••••5100", "mobile", "valueMasked", "full numbers")]
    [TestCase("user,mobile", "a,+1 XXXXXX5100", "mobile", "valueMasked", "full numbers")]
    [TestCase("user,mobile", "a,+1 4255550100x7", "mobile", "extensionNotOnOffice", "office")]
    [TestCase("user,mobile", "a,+1 4255550100;+1 4255550101", "mobile", "slotTwice", "one number")]
    [TestCase("user,phones", "a,+1 4255550100", "phones", "phoneTypeMissing", "number:type")]
    [TestCase("user,phones", "a,+1 4255550100:moblie", "phones", "phoneTypeUnknown", "Did you mean mobile?")]
    [TestCase("user,phones", "a,+1 4255550100:mobile;+1 4255550101:Mobile", "phones", "slotTwice", "type mobile")]
    [TestCase("user,phones", "a,;", "phones", "entryBlank", "write none")]
    [TestCase("user,phones", "a,none;+1 4255550100:mobile", "phones", "phoneTypeMissing", "number:type")]
    [TestCase("user,country,mobile", "a,Germany,none", "country", "countryUnknown", "'Germany'")]
    [TestCase("user,country,mobile", "a,USA,+1 4255550100", "country", "countryUnknown", "two letters")]
    [TestCase("user,email", "a,kim", "email", "emailMalformed", "no name before an @")]
    [TestCase("user,email", "a,kim@contoso", "email", "emailMalformed", "no complete domain")]
    [TestCase("user,email", "a,Kim <kim@contoso.com>", "email", "emailMalformed", "address alone")]
    [TestCase("user,email", "a,kim@contoso.com;sam@contoso.com", "email", "emailMalformed", "more than one @")]
    [TestCase("user,email", "a,kim@-contoso.com", "email", "emailMalformed", "cannot exist")]
    [TestCase("user,email", "a,.kim@contoso.com", "email", "emailMalformed", "dot")]
    [TestCase("user,email", "a,k•••@contoso.com", "email", "valueMasked", "full values")]
    [TestCase("user,remove", "a,fido", "remove", "removeUnknown", "Did you mean fido2?")]
    [TestCase("user,remove", "a,all", "remove", "removeUnknown", "microsoftAuthenticator")]
    [TestCase("user,remove", "a,password", "remove", "removeUnknown", "'password'")]
    [TestCase("user,remove", "a,fido2:", "remove", "removeIdMissing", "fido2 alone")]
    [TestCase("user,smsSignIn", "a,yes", "smsSignIn", "smsSignInUnknown", "on or off")]
    [TestCase("user,smsSignIn", "a,none", "smsSignIn", "smsSignInUnknown", "leave the cell blank")]
    [TestCase("user,asOf", "a,2026-01-31T10:00:00", "asOf", "asOfMalformed", "no offset")]
    [TestCase("user,asOf", "a,2026-01-31", "asOf", "asOfMalformed", "no offset")]
    [TestCase("user,asOf", "a,31.01.2026 10:00", "asOf", "asOfMalformed", "2026-01-31T18:00:00Z")]
    [TestCase("user,asOf", "a,2026-02-30T10:00:00Z", "asOf", "asOfMalformed", "ISO 8601")]
    [TestCase("user,mobile", "a,none,x", null, "fieldCount", "3 fields and the header 2")]
    [TestCase("user,mobile,office", "a,none", null, "fieldCount", "every delimiter")]
    [TestCase("user;phones", "a;+1 4255550100:mobile;+1 4255550101:office", null, "fieldCount", "in double quotes (or separate the list by |)")]
    [TestCase("user,", "a,b", null, "valueWithoutColumn", "Field 2")]
    [TestCase("user,notes", "a,6\" desk", null, "quoteMisplaced", "twice")]
    public async Task A_row_error_reports_code_place_and_advice(string header, string row, string? column, string code, string part)
    {
        List<SourceRow> rows = await Reading.Csv($"{header}\nfirst{header[4]}{new string(header[4], header.Count(c => c == header[4]) - 1)}\n{row}\n",
            options => options with { IgnoreColumns = ["notes"] });
        Assert.That(rows[0].Diagnostics, Is.Empty);
        Assert.That(rows[1].Diagnostics.Select(fault => (fault.Code, fault.Severity, fault.Place)).First(),
            Is.EqualTo((code, Severity.Error, new Place(Reading.Name, 3, column))));
        Assert.That(rows[1].Diagnostics[0].Message, Does.Contain(part).And.Not.Contain("42555501"));
        Assert.That(rows[1].IsValid, Is.False);
    }

    [Test]
    public async Task Everything_wrong_with_a_row_is_reported_at_once()
    {
        List<SourceRow> rows = await Reading.Csv("user,mobile,office,email,remove,smsSignIn,asOf,country\nok,,,,,,,\n,12,x,kim,fido,maybe,today,Germany\n");
        Assert.That(rows[1].Diagnostics.Select(fault => fault.Place?.Column),
            Is.EqualTo(new[] { "user", "country", "mobile", "office", "email", "remove", "smsSignIn", "asOf" }));
    }

    [TestCase("a@contoso.com", UserKeyKind.Name, "a@contoso.com"), TestCase(" employeeId: 0042 ", UserKeyKind.EmployeeId, "0042"),
        TestCase("MAIL:a@b.cd", UserKeyKind.Mail, "a@b.cd")]
    public async Task A_user_is_named_by_name_number_or_mail(string cell, UserKeyKind kind, string value) =>
        Assert.That((await Reading.Csv($"user\n{cell}\n"))[0].Key, Is.EqualTo(new UserKey(kind, value)));

    [Test]
    public async Task The_rows_country_wins_over_the_tenants()
    {
        List<SourceRow> rows = await Reading.Csv("user,mobile,country\na,020 7946 0018,gb\nb,(206) 555-0100,\n",
            options => options with { DefaultCountry = "US" });
        Assert.That(rows.Select(row => Reading.Text(row.Desired.Mobile)), Is.EqualTo(new[] { "+44 2079460018", "+1 2065550100" }));
    }

    [TestCase("fido2", "Fido2:"), TestCase("FIDO2;software_oath:1|fido2:x", "Fido2: SoftwareOath:1"),
        TestCase("Software Oath:1;softwareOath:2", "SoftwareOath:1,2"), TestCase("none", ""), TestCase("", "")]
    public async Task All_of_a_kind_includes_its_ids(string cell, string expected)
    {
        SourceRow row = (await Reading.Csv($"user,remove\na,{cell}\n")).Single();
        Assert.That(row.Diagnostics, Is.Empty);
        Assert.That(string.Join(' ', row.Desired.Removals.Select(removal => $"{removal.Kind}:{string.Join(',', removal.Ids)}")), Is.EqualTo(expected));
    }

    [TestCase("on", true), TestCase("ON", true), TestCase(" off ", false), TestCase("", null)]
    public async Task Sms_sign_in_is_on_off_or_unmanaged(string cell, bool? expected) =>
        Assert.That((await Reading.Csv($"user,sms_sign_in\na,{cell}\n"))[0].Desired.SmsSignIn, Is.EqualTo(expected));

    [TestCase("2026-01-31T18:00:00Z"), TestCase("2026-01-31T18:00Z"), TestCase("2026-01-31T19:00:00+01:00"),
        TestCase("2026-01-31 18:00:00.000Z"), TestCase("2026-01-31T18:00:00+00:00"), TestCase("2026-01-31 10:00:00 -08:00")]
    public async Task A_time_is_read_with_its_offset(string cell) =>
        Assert.That((await Reading.Csv($"user,asOf\na,{cell}\n"))[0].AsOf, Is.EqualTo(new DateTimeOffset(2026, 1, 31, 18, 0, 0, TimeSpan.Zero)));

    [Test]
    public async Task A_spreadsheets_text_mark_is_not_part_of_the_value()
    {
        SourceRow row = (await Reading.Csv("user,mobile,email\n'=a@b.cd,'+1 2065550100,'-x@b.cd\n")).Single();
        Assert.That((row.UserText, Reading.Text(row.Desired.Mobile), row.Desired.Email.TryGet(out string? email) ? email : null),
            Is.EqualTo(("=a@b.cd", "+1 2065550100", "-x@b.cd")));
    }
}
