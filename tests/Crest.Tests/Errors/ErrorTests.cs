using System.Net;
using ProvisioningConnector.Crest.Access;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Tests.Errors;

/// <summary>Errors (docs/openidm.md#crest-errors).</summary>
public sealed class ErrorTests
{
    [TestCase(400, "Bad Request")]
    [TestCase(401, "Unauthorized")]
    [TestCase(403, "Forbidden")]
    [TestCase(404, "Not Found")]
    [TestCase(405, "Method Not Allowed")]
    [TestCase(406, "Not Acceptable")]
    [TestCase(408, "Request Time-out")]
    [TestCase(409, "Conflict")]
    [TestCase(410, "Gone")]
    [TestCase(412, "Precondition Failed")]
    [TestCase(415, "Unsupported Media Type")]
    [TestCase(428, "Precondition Required")]
    [TestCase(500, "Internal Server Error")]
    [TestCase(501, "Not Implemented")]
    [TestCase(503, "Service Unavailable")]
    [TestCase(504, "Gateway Time-out")]
    public void A_reason_is_a_fixed_phrase(int code, string reason) => Assert.That(new CrestError((CrestStatus)code, "").Reason, Is.EqualTo(reason));

    [Test]
    public void Every_status_has_a_reason() => Assert.That(Enum.GetValues<CrestStatus>().Select(ReasonPhrases.For), Is.Unique.And.All.Not.Empty);

    [Test]
    public void An_error_is_written_in_the_order_that_clients_know()
    {
        CrestError error = new(CrestStatus.NotFound, "Object 'x' not found on <system/azuread/user>", Given.Json("""{"a":1}"""), "\"why\" & how");

        Assert.That(Given.Written(json => ErrorJson.Write(json, error)), Is.EqualTo(
            """{"code":404,"reason":"Not Found","message":"Object &#39;x&#39; not found """
            + """on &lt;system/azuread/user&gt;","detail":{"a":1},"cause":{"message":"&quot;why&quot; &amp; how"}}"""));
    }

    [Test]
    public void Who_is_not_let_in_reads_no_more_than_that() => Assert.That(
        Given.Written(json => ErrorJson.Write(json, AccessDenied.Error)), Is.EqualTo("""{"code":401,"reason":"Unauthorized","message":"Access Denied"}"""));

    [Test]
    public void An_escaped_message_reads_as_the_plain_one([Random(0, int.MaxValue, 50)] int seed)
    {
        string text = new([.. Enumerable.Range(0, 40).Select(i => "ab&<>\"'#; é"[(seed / (i + 1)) % 11])]);

        Assert.That(WebUtility.HtmlDecode(HtmlText.Escape(text)), Is.EqualTo(text));
    }

    [TestCase("__phoneAuthenticationMethod__", "__phoneAuthenticationMethods__")]
    [TestCase("phoneAuthenticationMethods", "__phoneAuthenticationMethods__")]
    [TestCase("__removeFido2Method__", "__removeFido2Methods__")]
    [TestCase("__EMAILAUTHENTICATIONMETHOD__", "__emailAuthenticationMethod__")]
    [TestCase("__emialAuthenticationMethod__", "__emailAuthenticationMethod__")]
    [TestCase("surname", null)]
    [TestCase("", null)]
    [TestCase("__", null)]
    public void A_misspelt_name_has_a_nearest_one(string text, string? nearest) => Assert.That(
        NearestName.Find(text, ["__phoneAuthenticationMethods__", "__emailAuthenticationMethod__", "__removeFido2Methods__"]), Is.EqualTo(nearest));

    [Test]
    public void System_objects_answer_in_the_words_that_clients_know()
    {
        const string Collection = "system/azuread/user";

        Assert.That(SystemErrors.ObjectNotFound("ada@contoso.com", Collection).Message, Is.EqualTo("Object ada@contoso.com not found on system/azuread/user"));
        Assert.That(SystemErrors.ResourceNotFound("UPDATE", "8a1b", Collection).Message,
            Is.EqualTo("Operation UPDATE could not find resource 8a1b on system object: system/azuread/user"));
        Assert.That(SystemErrors.SystemNotAvailable("x").Message, Is.EqualTo("System: x is not available."));
        Assert.That(SystemErrors.ReconciliationNotFound("x").Message, Is.EqualTo("Reconciliation with id x not found."));
        Assert.That(SystemErrors.ObjectNotFound("+12065550150", Collection).Message, Does.Not.Contain("2065550150"));
        Assert.That(SystemErrors.UnsupportedAction("tset", ["test", "liveSync"]).Detail?.GetProperty("advice").GetString(), Is.EqualTo("Did you mean 'test'?"));
    }

    [TestCase("name", "'name'")]
    [TestCase("/a/b-c_d.e*", "'/a/b-c_d.e*'")]
    [TestCase("+12065550150", "it")]
    [TestCase("12065550150", "it")]
    [TestCase("ada@contoso.com,x", "it")]
    [TestCase("a b", "it")]
    [TestCase("<b>", "it")]
    [TestCase("", "it")]
    public void Only_names_are_repeated(string word, string expected) => Assert.That(SafeQuote.Quote(word, "it"), Is.EqualTo(expected));
}
