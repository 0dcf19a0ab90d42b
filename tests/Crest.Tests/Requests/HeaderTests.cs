using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Requests;

namespace ProvisioningConnector.Crest.Tests.Requests;

/// <summary>Versions, content types and transactions (docs/openidm.md#bodies-and-versions, docs/openidm.md#authentication-headers).</summary>
public sealed class HeaderTests
{
    [TestCase(null, "2.1 1.0")]
    [TestCase("", "2.1 1.0")]
    [TestCase("resource=1.0", "2.1 1.0")]
    [TestCase("protocol=2.1,resource=1.0", "2.1 1.0")]
    [TestCase("resource=1.0, protocol=2.0", "2.0 1.0")]
    [TestCase("protocol=1", "1.0 1.0")]
    [TestCase(" Protocol = 2.1 , Resource = 1 ", "2.1 1.0")]
    [TestCase("protocol=3.0", "400 Unsupported major version: 3.0")]
    [TestCase("protocol=2.2", "400 Unsupported minor version: 2.2")]
    [TestCase("resource=2.0", "404 Resource '' not found")]
    [TestCase("resource=1.1", "404 Resource '' not found")]
    [TestCase("protocol", "400")]
    [TestCase("protocol=", "400")]
    [TestCase("protocol=x", "400")]
    [TestCase("protocol=2.1.0", "400")]
    [TestCase("protocol=-1.0", "400")]
    [TestCase("protocol=2.", "400")]
    [TestCase("protocol=99999999999.0", "400")]
    [TestCase("resource=1.0,resource=1.0", "400")]
    [TestCase("resource=1.0,", "400")]
    [TestCase("version=1.0", "400")]
    public void A_version_is_asked_for(string? header, string expected) => Assert.That(
        ApiVersions.Parse(header).Succeeded(out ApiVersions? asked, out CrestError? error) ? $"{asked.Wire} {asked.Resource}" : $"{error.Code} {error.Message}",
        Does.StartWith(expected));

    [Test]
    public void The_answer_names_the_versions() =>
        Assert.That($"protocol={ApiVersions.Protocol},resource={ApiVersions.OfResources}", Is.EqualTo(ApiVersions.Content));

    [TestCase("application/json", true, true)]
    [TestCase("application/json;charset=UTF-8", true, true)]
    [TestCase("Application/JSON ; charset=\"utf-8\"", true, true)]
    [TestCase("application/json; a=b; charset=utf-8", true, true)]
    [TestCase(null, false, true)]
    [TestCase("", false, true)]
    [TestCase("application/json;charset=utf-16", true, false)]
    [TestCase("application/json; a=b; charset=utf-16", true, false)]
    [TestCase("application/json-patch+json", true, false)]
    [TestCase("text/plain", true, false)]
    [TestCase("text/plain", false, false)]
    [TestCase("multipart/form-data; boundary=x", true, false)]
    [TestCase(";", true, false)]
    public void A_content_type_is_json(string? header, bool hasBody, bool fits) =>
        Assert.That(ContentTypes.Check(header, hasBody)?.Code, fits ? Is.Null : Is.EqualTo(400));

    [TestCase(null, true)]
    [TestCase("", true)]
    [TestCase("Identity", true)]
    [TestCase("gzip", false)]
    [TestCase("identity,br", false)]
    public void A_body_is_not_compressed(string? header, bool fits) => Assert.That(ContentTypes.CheckEncoding(header)?.Code, fits ? Is.Null : Is.EqualTo(415));

    [Test]
    public void The_refusal_of_a_content_type_lists_what_is_supported()
    {
        Assert.That(ContentTypes.Check(null, true)?.Message, Does.Contain("content-type was not specified and is required").And.Contain("application/json"));
        Assert.That(ContentTypes.Check("text/xml", true)?.Message, Does.Contain("'text/xml'").And.Contain("only the content-type 'application/json'"));
    }

    [TestCase("6d9a3a3e-2f0a-4c3e-9d5c-3f1f6f3d1b2a-1234", true)]
    [TestCase("a/0/1", true)]
    [TestCase("", false)]
    [TestCase(null, false)]
    [TestCase("a b", false)]
    [TestCase("a\nb", false)]
    [TestCase("<script>", false)]
    [TestCase("é", false)]
    public void A_transaction_id_is_taken_or_ignored(string? header, bool taken) =>
        Assert.That(TransactionId.Parse(header), taken ? Is.EqualTo(header) : Is.Null);

    [Test]
    public void A_transaction_id_has_at_most_255_characters()
    {
        Assert.That(TransactionId.Parse(new string('a', 255)), Is.Not.Null);
        Assert.That(TransactionId.Parse(new string('a', 256)), Is.Null);
    }
}
