using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;
using ProvisioningConnector.Icf.Operations;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Icf.Tests.Bench;

namespace ProvisioningConnector.Icf.Tests;

/// <summary>Updates as ICF means them (docs/openidm.md#in-short, docs/openidm.md#put, docs/openidm.md#authentication-attributes).</summary>
public sealed class UpdateTests
{
    [Test]
    public void The_phone_list_is_authoritative_and_read_back_as_Ping_does() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile("+1 2065550100").Office("+1 2065550199").With(MethodKind.Fido2));
        UpdateAnswer answer = await bench.UpdateAsync(1,
            AttributeDelta.Replace(AttributeNames.Phones, "+1 2065550101:mobile", "+12065550102:alternate_mobile"));
        Assert.That(Values(answer.Object, AttributeNames.Phones), Is.EqualTo(new[] { "+1 2065550101:MOBILE", "+1 2065550102:ALTERNATE_MOBILE" }));
        Assert.That(bench.Now(1).Office.IsEmpty && bench.Now(1).Has(MethodKind.Fido2));
        Assert.That(answer.Object?.Uid.Revision, Is.EqualTo(Fingerprint(bench.Now(1))));
        Assert.That((await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Phones, [.. Values(answer.Object, AttributeNames.Phones)]))).Change,
            Is.TypeOf<RunResult.NothingToDo>(), "what is read back changes nothing");
    });

    [Test]
    public void No_value_clears_and_absent_leaves_alone() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile("+1 2065550100").Email("a@home.example").With(MethodKind.Fido2));
        await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Email, (object?)null));
        Assert.That((bench.Now(1).Email, bench.Now(1).PhoneCount), Is.EqualTo(((CurrentEmail?)null, 1)));
        await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Phones));
        Assert.That(bench.Now(1).PhoneCount, Is.Zero);
    });

    [Test]
    public void Methods_are_removed_by_id_and_an_empty_list_removes_none() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile("+1 2065550100").With(MethodKind.Fido2, MethodKind.Fido2, MethodKind.SoftwareOath));
        Assert.That((await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.RemoveFido2))).Change, Is.TypeOf<RunResult.NothingToDo>());
        await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.RemoveFido2, "fido2-2"),
            AttributeDelta.Replace(AttributeNames.RemoveSoftwareOath, "softwareOath-1"));
        Assert.That(bench.Now(1).Others.Select(o => o.Id), Is.EqualTo(new[] { "fido2-1" }));
    });

    [TestCase(AttributeNames.Email, "kim\u200B@home.example", "invisibleCharacter")]
    [TestCase(AttributeNames.Email, "kim\u3164@home.example", "invisibleCharacter")]
    [TestCase(AttributeNames.Phones, "+1 206\u200B5550101:mobile", "invisibleCharacter")]
    [TestCase(AttributeNames.Phones, "+1 2065550101:mo\u200Bbile", "invisibleCharacter")]
    [TestCase(AttributeNames.RemoveFido2, "fido2\u00AD-2", "invisibleCharacter")]
    [TestCase(AttributeNames.RemoveFido2, "None", "missingValueWord")]
    public void A_value_with_a_character_that_cannot_be_seen_is_refused_and_one_with_it_at_the_ends_is_the_same_value(string name, string value, string code) =>
        VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile("+1 2065550100").Email("kim@home.example").With(MethodKind.Fido2, MethodKind.Fido2));
        ConnectorException? problem = await ErrorOf(bench.UpdateAsync(1, AttributeDelta.Replace(name, value)));
        Assert.That((problem?.Code, problem?.GetType()), Is.EqualTo((code, typeof(InvalidAttributeValueException))), problem?.Message);
        await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Email, "\u200Bkim@home.example\uFEFF"),
            AttributeDelta.Replace(AttributeNames.Phones, "\u202A+1 2065550100\u202C:mobile\u200B"));
        Assert.That(bench.Tenant.Writes, Is.Empty);
        await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.RemoveFido2, "\u200Bfido2-2 "));
        Assert.That(bench.Now(1).Others.Select(o => o.Id), Is.EqualTo(new[] { "fido2-1" }));
    });

    [TestCase(AttributeNames.Phones, "12:mobile", "invalidPhone")]
    [TestCase(AttributeNames.Email, 7, "invalidValue")]
    [TestCase("__nickname__", "x", "unknownAttribute")]
    [TestCase(AttributeNames.AuthenticationMethods, "x", "readOnly")]
    public void A_value_that_cannot_be_set_is_refused_with_a_code(string name, object value, string code) => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile("+1 2065550100"));
        Assert.That((await ErrorOf(bench.UpdateAsync(1, AttributeDelta.Replace(name, value))))?.Code, Is.EqualTo(code));
        Assert.That(bench.Tenant.Writes, Is.Empty);
    });

    [Test]
    public void An_attribute_is_changed_once_and_tokens_and_classes_are_those_of_the_connector() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile("+1 2065550100"));
        AttributeDelta delta = AttributeDelta.Replace(AttributeNames.Email, "kim@home.example");
        Assert.That((await ErrorOf(bench.UpdateAsync(1, delta, delta)))?.Code, Is.EqualTo("attributeTwice"));
        Assert.That((await ErrorOf(bench.Connector.SyncAsync(ObjectClass.User, new SyncToken("x;y;z"), _ => true, new OperationOptions(), default)))?.Code,
            Is.EqualTo("badToken"));
        Assert.That((await ErrorOf(bench.Connector.GetLatestSyncTokenAsync(new ObjectClass("group"), default)))?.Code, Is.EqualTo("objectClass"));
    });

    [Test]
    public void Values_are_added_and_removed_one_by_one_and_together_are_one_plan() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile("+1 2065550100"));
        const string Office = "+1 2065550199:office";
        await bench.UpdateAsync(1, new AttributeDelta(AttributeNames.Phones, null, [Office], []));
        Assert.That(bench.Now(1).PhoneCount, Is.EqualTo(2));
        await bench.UpdateAsync(1, new(AttributeNames.Phones, null, [], [Office]), new(AttributeNames.Email, null, [], ["not@there.example"]));
        Assert.That(bench.Now(1).PhoneCount, Is.EqualTo(1));
        bench.Tenant.Writes.Clear();
        await bench.UpdateAsync(1, new AttributeDelta(AttributeNames.Phones, null, ["+1 2065550101:mobile"], ["+1 2065550100:mobile"]));
        Assert.That(bench.Tenant.Writes.Single().Operation, Is.TypeOf<Engine.Planning.Operation.UpdatePhone>(), "changed in place, not removed and added");
    });

    [TestCase("__phoneAuthenticationMethod__", "__phoneAuthenticationMethods__")]
    [TestCase("__removeFido2Method__", "__removeFido2Methods__")]
    [TestCase("mobilePhoneOfTheMoon", "schema")]
    public void An_unknown_attribute_is_an_error_that_names_the_nearest(string name, string hint) => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User);
        Assert.That(await ErrorOf(bench.UpdateAsync(1, AttributeDelta.Replace(name, "x"))),
            Is.TypeOf<InvalidAttributeValueException>().With.Message.Contains(hint));
    });

    [Test]
    public void Read_only_attributes_are_accepted_as_they_are_and_not_otherwise() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(2, Some.User.Mobile("+1 2065550100").With(MethodKind.Fido2));
        ConnectorObject read = await bench.Connector.GetAsync(ObjectClass.User, new Uid("u002@contoso.com"),
            All with
            {
                AttributesToGet = [AttributeNames.DisplayName, AttributeNames.AccountEnabled,
                AttributeNames.AuthenticationMethods, AttributeNames.SmsSignIn, AttributeNames.Phones]
            }, default);
        Assert.That((await bench.UpdateAsync(2, [.. read.Attributes.Select(a => new AttributeDelta(a.Name, a.Values, [], []))])).Change,
            Is.TypeOf<RunResult.NothingToDo>());
        Assert.That(await ErrorOf(bench.UpdateAsync(2, AttributeDelta.Replace(AttributeNames.DisplayName, "Other"))),
            Is.TypeOf<InvalidAttributeValueException>().With.Message.Contains("read only"));
        Assert.That(await ErrorOf(bench.UpdateAsync(2, AttributeDelta.Replace(AttributeNames.AuthenticationMethods))),
            Is.TypeOf<InvalidAttributeValueException>());
    });

    [TestCase("+1 2065550100")]
    [TestCase("+1 2065550100:fax")]
    [TestCase("+1 XXXXXX0100:mobile")]
    [TestCase("2065550100:mobile")]
    public void A_phone_that_cannot_be_read_is_an_error_that_does_not_show_it(string phone) => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User);
        Assert.That(await ErrorOf(bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Phones, phone))),
            Is.TypeOf<InvalidAttributeValueException>().With.Message.Not.Contains("2065550100"));
        Assert.That(bench.Tenant.Writes, Is.Empty);
    });

    [TestCase("+370 861111111")]
    [TestCase("+44 07940123966")]
    [TestCase("+12065550100.0")]
    public void What_the_tenant_has_may_be_handed_back_and_removed_also_where_no_source_may_write_it(string number) => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world).With(1, Some.User.Mobile(number).With(MethodKind.Fido2));
        ConnectorObject read = await bench.Connector.GetAsync(ObjectClass.User, new Uid(Id(1)), All, default);
        string phone = (string)Values(read, AttributeNames.Phones).Single();
        Assert.That((await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Phones, phone))).Change, Is.TypeOf<RunResult.NothingToDo>());
        Assert.That(UserAttributes.Same(AttributeNames.Phones, phone, phone.ToLowerInvariant()));
        Assert.That(await ErrorOf(bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Phones, phone, "+370 861111112:office"))),
            Is.TypeOf<InvalidAttributeValueException>());
        Assert.That(bench.Tenant.Writes, Is.Empty);
    });

    [Test]
    public void What_was_sent_is_read_back_as_it_was_sent_while_it_is_the_same_number() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world, PhoneSpelling.AsSent).With(1, Some.User);
        string[] sent = ["(+1) 206-555-0199:office", "+1 (206) 555-0101:Mobile"];
        UpdateAnswer answer = await bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Phones, [.. sent]));
        Assert.That(Values(answer.Object, AttributeNames.Phones), Is.EqualTo(sent));
        Assert.That(Values(await bench.Connector.GetAsync(ObjectClass.User, new Uid(Id(1)), All, default), AttributeNames.Phones), Is.EqualTo(sent));
        bench.Tenant.Change(bench.Tenant[Id(1)], m => m.Mobile("+1 2065550102"));
        await world.Delay(TimeSpan.FromMinutes(2));
        Assert.That(Values(await bench.Connector.GetAsync(ObjectClass.User, new Uid(Id(1)), All, default), AttributeNames.Phones),
            Is.EqualTo(new[] { "+1 2065550102:MOBILE", sent[0] }));
    });

    [Test]
    public void Conditions_dry_runs_holds_limits_and_rights_end_as_ICF_says() => VirtualWorld.Run(async world =>
    {
        Bench bench = new Bench(world, limits: new GuardrailLimits { MaxUpdates = new Limit(0, null) }).With(1, Some.User.Mobile("+1 2065550100"));
        AttributeDelta[] other = [AttributeDelta.Replace(AttributeNames.Phones, "+1 2065550101:mobile")];
        ObjectClass user = ObjectClass.User;
        Assert.That(await ErrorOf(bench.Connector.UpdateDeltaAsync(user, new Uid(Id(1), "old"), other, Key, All, default)),
            Is.TypeOf<PreconditionFailedException>());
        UpdateAnswer dry = await bench.Connector.UpdateDeltaAsync(user, new Uid(Id(1)), other, Key with { DryRun = true }, All, default);
        Assert.That((dry.Object, dry.Change), Is.EqualTo(((ConnectorObject?)null, dry.Change as RunResult.Planned)));
        Assert.That(await ErrorOf(bench.UpdateAsync(1, AttributeDelta.Replace(AttributeNames.Phones))),
            Is.TypeOf<PermissionDeniedException>().With.Property("Code").EqualTo("lastMethod"));
        Assert.That(await ErrorOf(bench.UpdateAsync(1, other)), Is.TypeOf<PermissionDeniedException>().With.Property("Code").EqualTo("MaxUpdates"));
        Initiator narrow = Key with { MayWrite = [AttributeNames.Email] };
        Assert.That(await ErrorOf(bench.Connector.UpdateDeltaAsync(user, new Uid(Id(1)), other, narrow, All, default)),
            Is.TypeOf<PermissionDeniedException>());
        Assert.That(await ErrorOf(bench.Connector.UpdateDeltaAsync(user, new Uid(Id(1)),
            [AttributeDelta.Replace(AttributeNames.Phones, "+1 2065550100:mobile")], narrow, All, default)),
            Is.TypeOf<PermissionDeniedException>().With.Property("Code").EqualTo("rightMissing"), "whatever the value");
        Assert.That(await ErrorOf(bench.UpdateAsync(9, other)), Is.TypeOf<UnknownUidException>());
        Assert.That(await ErrorOf(bench.Connector.UpdateDeltaAsync(new ObjectClass("group"), new Uid(Id(1)), other, Key, All, default)),
            Is.TypeOf<UnsupportedOperationException>());
        Assert.That(bench.Tenant.Writes, Is.Empty);
    });
}
