using System.Text;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Tests.Json;

/// <summary>Bodies (docs/openidm.md#bodies-and-versions).</summary>
public sealed class JsonBodyTests
{
    private static readonly BodyLimits Limits = new(1000, 4);

    [TestCase("{}")]
    [TestCase("  {\"a\":1}\r\n ")]
    [TestCase("\uFEFF{\"a\":1}")]
    [TestCase("{\"a\":{\"a\":[{}]}}")]
    [TestCase("{\"a\":\"\\ud83d\\ude00\"}")]
    [TestCase("{\"a\":{\"x\":1},\"b\":{\"x\":1}}")]
    public void One_object_is_a_body(string body) => Assert.That(JsonBody.SingleObject(Encoding.UTF8.GetBytes(body), Limits).Error, Is.Null);

    [TestCase("[]", "content is not a JSON object", null)]
    [TestCase("1", "content is not a JSON object", null)]
    [TestCase("null", "content is not a JSON object", null)]
    [TestCase("", "did not contain any JSON content", null)]
    [TestCase(" \n", "did not contain any JSON content", null)]
    [TestCase("{} {}", "trailing data after the JSON content", "1:4")]
    [TestCase("{}x", "trailing data after the JSON content", "1:3")]
    [TestCase("{\"a\":1,}", "not valid JSON", "1:8")]
    [TestCase("{\"a\":1", "not valid JSON", "1:7")]
    [TestCase("{\n \"a\": tru }", "not valid JSON", "2:10")]
    [TestCase("{'a':1}", "not valid JSON", "1:2")]
    [TestCase("{/*x*/}", "not valid JSON", "1:2")]
    [TestCase("{\"a\":1,\n\"a\":2}", "a name occurs twice", "2:1")]
    [TestCase("{\"a\":{\"b\":1,\"\\u0062\":2}}", "a name occurs twice", "1:13")]
    [TestCase("{\"a\":[[[[]]]]}", "deeper than 4 levels", "1:9")]
    [TestCase("{\"a\":\"\\ud800\"}", "not valid Unicode", "1:6")]
    [TestCase("{\"\\udc00\":1}", "not valid Unicode", "1:2")]
    public void Anything_else_is_a_400_with_the_place(string body, string message, string? place)
    {
        CrestError error = Given.Error(JsonBody.SingleObject(Encoding.UTF8.GetBytes(body), Limits));

        Assert.That(error.Code, Is.EqualTo(400));
        Assert.That(error.Message, Does.StartWith("The request could not be processed because ").And.Contain(message));
        Assert.That(error.Detail is { } d ? $"{d.GetProperty("line")}:{d.GetProperty("position")}" : null, Is.EqualTo(place));
    }

    [Test]
    public void What_is_not_utf8_is_a_400() =>
        Assert.That(Given.Error(JsonBody.Any(new byte[] { (byte)'"', 0xC3, (byte)'"' }, Limits)).Message, Does.Contain("not UTF-8"));

    [Test]
    public void A_body_over_the_limit_is_a_413() => Assert.That(Given.Error(JsonBody.Any(new byte[1001], Limits)).Code, Is.EqualTo(413));

    [Test]
    public void An_action_may_come_without_a_body()
    {
        Assert.That(Given.Value(JsonBody.SingleObjectOrNothing(" "u8, Limits)).GetRawText(), Is.EqualTo("{}"));
        Assert.That(Given.Error(JsonBody.SingleObjectOrNothing("[]"u8, Limits)).Code, Is.EqualTo(400));
    }

    [Test]
    public void No_message_repeats_the_body()
    {
        foreach (string body in new[] { "{\"a\":+12065550150}", "{\"a\":\"+12065550150}", "{\"a\":12065550150x}",
            "+12065550150", "{\"12065550150\":1,\"12065550150\":2}", "{} 12065550150" })
        {
            CrestError error = Given.Error(JsonBody.SingleObject(Encoding.UTF8.GetBytes(body), Limits));
            Assert.That(error.Message + error.Detail + error.Cause, Does.Not.Contain("2065550150"), body);
        }
    }
}
