using System.Text;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Tests.Json;

/// <summary><c>_fields</c> and <c>_mimeType</c> (docs/openidm.md#addresses-and-parameters).</summary>
public sealed class ProjectionTests
{
    private const string User =
        """{"mail":"m","phones":["p","q"],"_rev":"7","name":{"first":"f","last":"l","x/y":1},"_id":"u","none":[],"nul":null,"list":[{"a":1,"b":2},{"a":3}]}""";

    [TestCase("", """{"_id":"u","_rev":"7","mail":"m","phones":["p","q"],"name":{"first":"f","last":"l","x/y":1},"none":[],"nul":null,"list":[{"a":1,"b":2},"""
        + """{"a":3}]}""")]
    [TestCase("*,mail",
        """{"_id":"u","_rev":"7","mail":"m","phones":["p","q"],"name":{"first":"f","last":"l","x/y":1},"none":[],"nul":null,"list":[{"a":1,"b":2},{"a":3}]}""")]
    [TestCase("phones,mail", """{"_id":"u","_rev":"7","mail":"m","phones":["p","q"]}""")]
    [TestCase("/name/last", """{"_id":"u","_rev":"7","name":{"last":"l"}}""")]
    [TestCase("name/last,name/first,mail", """{"_id":"u","_rev":"7","mail":"m","name":{"first":"f","last":"l"}}""")]
    [TestCase("name/last,name", """{"_id":"u","_rev":"7","name":{"first":"f","last":"l","x/y":1}}""")]
    [TestCase("name/x~1y", """{"_id":"u","_rev":"7","name":{"x/y":1}}""")]
    [TestCase("none,nul", """{"_id":"u","_rev":"7","none":[],"nul":null}""")]
    [TestCase("missing,mail/deeper", """{"_id":"u","_rev":"7"}""")]
    [TestCase("_id", """{"_id":"u","_rev":"7"}""")]
    [TestCase("Mail", """{"_id":"u","_rev":"7"}""")]
    [TestCase("list/1/a", """{"_id":"u","_rev":"7","list":[{"a":3}]}""")]
    [TestCase("list/a", """{"_id":"u","_rev":"7","list":[{"a":1},{"a":3}]}""")]
    [TestCase("list/b", """{"_id":"u","_rev":"7","list":[{"b":2},{}]}""")]
    [TestCase("list/*/a", """{"_id":"u","_rev":"7","list":[{"a":1},{"a":3}]}""")]
    public void The_fields_asked_for_are_written_after_id_and_revision(string fields, string expected)
    {
        Projection projection = Projection.From(Given.Value(FieldSelection.Parse([fields])));

        Assert.That(Given.Written(json => projection.Write(json, Given.Json(User))), Is.EqualTo(expected));
    }

    [Test]
    public void An_object_without_revision_has_none() =>
        Assert.That(Given.Written(json => Projection.From(FieldSelection.Default).Write(json, Given.Json("""{"a":1,"_id":"u"}"""))),
            Is.EqualTo("""{"_id":"u","a":1}"""));

    [TestCase("mail", "m")]
    [TestCase("name/first", "f")]
    [TestCase("phones", "[\"p\",\"q\"]")]
    [TestCase("name/x~1y", "1")]
    [TestCase("missing", null)]
    [TestCase("nul", null)]
    [TestCase("mail/x", null)]
    public void A_raw_value_is_without_json_around_it(string field, string? expected)
    {
        Parsed<byte[]> raw = RawValue.Decode(Given.Json(User), JsonPointer.Parse(field, out _)!);

        if (expected is null) Assert.That(Given.Error(raw).Code, Is.EqualTo(404));
        else Assert.That(Encoding.UTF8.GetString(Given.Value(raw)), Is.EqualTo(expected));
    }
}
