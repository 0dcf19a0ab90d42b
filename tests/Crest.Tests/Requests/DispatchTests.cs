using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Requests;

namespace ProvisioningConnector.Crest.Tests.Requests;

/// <summary>The tables of docs/openidm.md#get, docs/openidm.md#put and docs/openidm.md#patch.</summary>
public sealed class DispatchTests
{
    // method, instance?, If-Match, If-None-Match, query, expected
    [TestCase("GET", true, null, null, "", "Read")]
    [TestCase("get", true, null, null, "", "Read")]
    [TestCase("GET", true, "*", null, "", "412 If-Match not supported for GET requests")]
    [TestCase("GET", true, null, "*", "", "412 If-None-Match: * not supported for GET requests")]
    [TestCase("GET", true, null, "\"r1\"", "", "Read unless r1")]
    [TestCase("GET", true, null, "r1", "", "Read unless r1")]
    [TestCase("GET", true, null, "W/\"r1\", \"r2\"", "", "Read unless r1 r2")]
    [TestCase("GET", true, null, "\"r1", "", "400 The header If-None-Match holds no revision")]
    [TestCase("GET", false, null, null, "", "400 The resource collection system/azuread/user cannot be read")]
    [TestCase("GET", false, null, null, "_queryFilter=true", "Query")]
    [TestCase("GET", false, null, null, "_queryId=query-all-ids", "Query")]
    [TestCase("GET", false, null, null, "_queryExpression=x", "Query")]
    [TestCase("GET", true, null, null, "_queryFilter=true", "400 The resource instance system/azuread/user cannot be queried")]
    [TestCase("GET", false, "*", null, "_queryFilter=true", "412 If-Match not supported for GET requests")]
    [TestCase("GET", false, null, "\"r\"", "_queryFilter=true", "412 If-None-Match not supported for GET requests")]
    [TestCase("GET", false, null, null, "_api", "Describe OpenApi")]
    [TestCase("GET", false, null, null, "_crestapi", "Describe Crest")]
    [TestCase("PATCH", true, null, null, "", "Patch any")]
    [TestCase("PATCH", true, "*", null, "", "Patch any")]
    [TestCase("PATCH", true, "\"r1\"", null, "", "Patch r1")]
    [TestCase("PATCH", true, "", null, "", "400 The header If-Match holds no revision")]
    [TestCase("PATCH", true, null, "*", "", "412 If-None-Match not supported for PATCH requests")]
    [TestCase("PATCH", false, null, null, "", "400 The resource collection system/azuread/user cannot be patched")]
    [TestCase("DELETE", true, null, null, "", "Delete any")]
    [TestCase("DELETE", true, "r1", null, "", "Delete r1")]
    [TestCase("DELETE", true, null, "r1", "", "412 If-None-Match not supported for DELETE requests")]
    [TestCase("DELETE", false, null, null, "", "400 The resource collection system/azuread/user cannot be deleted")]
    [TestCase("POST", false, null, null, "", "Create")]
    [TestCase("POST", false, null, null, "_action=create", "Create")]
    [TestCase("POST", false, null, null, "_action=CREATE", "Create")]
    [TestCase("POST", true, null, null, "", "400 The resource instance system/azuread/user cannot be created")]
    [TestCase("POST", false, "*", null, "", "412 If-Match not supported for POST requests")]
    [TestCase("POST", false, null, "*", "_action=create", "412 If-None-Match not supported for POST requests")]
    [TestCase("POST", false, null, "*", "_action=test", "412 If-None-Match not supported for POST requests")]
    [TestCase("POST", false, null, null, "_action=test", "Action test")]
    [TestCase("POST", true, null, null, "_action=patch", "Action patch")]
    [TestCase("HEAD", true, null, null, "", "501 Method HEAD not supported")]
    [TestCase("OPTIONS", true, null, null, "", "501 Method OPTIONS not supported")]
    [TestCase("", true, null, null, "", "501 Method (not a name) not supported")]
    public void A_request_is_what_method_headers_and_parameters_say(string method, bool instance,
        string? ifMatch, string? ifNoneMatch, string query, string expected) =>
        Assert.That(Text(new(method, "system/azuread/user", !instance) { IfMatch = ifMatch, IfNoneMatch = ifNoneMatch }, query, PutReading.Documented),
            Does.StartWith(expected));

    // If-Match, If-None-Match, protocol, as documented, strict
    [TestCase(null, "*", "2.1", "Update any", "404 Create with client provided ID is not supported.")]
    [TestCase(null, "\"*\"", "2.1", "Update any", "404 Create with client provided ID is not supported.")]
    [TestCase(null, "x", "2.1", "400 \"x\" is not a supported value for If-None-Match on PUT", null)]
    [TestCase(null, "\"x\"", "2.1", "400 \"x\" is not a supported value for If-None-Match on PUT", null)]
    [TestCase(null, "", "2.1", "400 \"\" is not a supported value for If-None-Match on PUT", null)]
    [TestCase("*", null, "2.1", "Update any", null)]
    [TestCase("\"r1\"", null, "2.1", "Update r1", null)]
    [TestCase("r1", null, "2.1", "Update r1", null)]
    [TestCase("W/\"r1\"", null, "2.1", "Update r1", null)]
    [TestCase("\"a,b\" ,c", null, "2.1", "Update a,b c", null)]
    [TestCase("\"a\", *", null, "2.1", "Update any", null)]
    [TestCase("", null, "2.1", "400 The header If-Match holds no revision", null)]
    [TestCase("\"\"", null, "2.1", "400 The header If-Match holds no revision", null)]
    [TestCase("\"r1", null, "2.1", "400 The header If-Match holds no revision", null)]
    [TestCase("r\"1", null, "2.1", "400 The header If-Match holds no revision", null)]
    [TestCase("\"a\" \"b\"", null, "2.1", "400 The header If-Match holds no revision", null)]
    [TestCase("a,", null, "2.1", "400 The header If-Match holds no revision", null)]
    [TestCase(",a", null, "2.1", "400 The header If-Match holds no revision", null)]
    [TestCase("*", "*", "2.1", "412 Simultaneous use of If-Match and If-None-Match not supported for PUT requests", null)]
    [TestCase("r", "x", "2.1", "412 Simultaneous use of If-Match and If-None-Match not supported for PUT requests", null)]
    [TestCase(null, null, "2.1", "Update any", "404 UPSERT (i.e. PUT without the 'if-match' nor 'if-none-match' header) is not supported.")]
    [TestCase(null, null, "2.0", "Update any", "404 UPSERT (i.e. PUT without the 'if-match' nor 'if-none-match' header) is not supported.")]
    [TestCase(null, null, "1.0", "Update any", "Update any")]
    public void A_put_is_read_as_documented_or_as_the_real_server_does(string? ifMatch, string? ifNoneMatch, string protocol, string documented, string? strict)
    {
        RequestHead head = new("PUT", "system/azuread/user", false)
        {
            IfMatch = ifMatch, IfNoneMatch = ifNoneMatch,
            Protocol = ApiVersion.Parse(protocol) ?? default
        };

        Assert.That(Text(head, "", PutReading.Documented), Does.StartWith(documented));
        Assert.That(Text(head, "", PutReading.Strict), Does.StartWith(strict ?? documented));
    }

    [Test]
    public void A_put_on_a_collection_is_a_400() =>
        Assert.That(Text(new("PUT", "system/azuread/user", true), "", PutReading.Documented),
            Is.EqualTo("400 The resource collection system/azuread/user cannot be updated"));

    [TestCase("POST", "PATCH", "PATCH")]
    [TestCase("POST", " delete ", "DELETE")]
    [TestCase("POST", "GET", "GET")]
    [TestCase("POST", null, "POST")]
    [TestCase("PUT", "DELETE", "PUT")]
    [TestCase("GET", "DELETE", "GET")]
    [TestCase("PATCH", "DELETE", "PATCH")]
    [TestCase("POST", "GET, DELETE", "GET, DELETE")]
    public void A_method_is_overridden_on_post_only(string method, string? other, string expected) =>
        Assert.That(Dispatch.Method(new(method, "x", false) { MethodOverride = other }), Is.EqualTo(expected));

    [Test]
    public void Dates_as_preconditions_are_a_conflict_with_every_method([Values("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD")] string method)
    {
        Assert.That(Text(new(method, "x", false) { IfModifiedSince = "Fri, 20 Nov 2026 00:00:00 GMT" }, "", PutReading.Documented),
            Is.EqualTo("409 Header If-Modified-Since not supported"));
        Assert.That(Text(new(method, "x", false) { IfUnmodifiedSince = "" }, "", PutReading.Documented),
            Is.EqualTo("409 Header If-Unmodified-Since not supported"));
    }

    [Test]
    public void An_old_protocol_creates_by_action_only()
    {
        RequestHead head = new("POST", "x", true) { Protocol = new(2, 0) };

        Assert.That(Text(head, "", PutReading.Documented), Does.StartWith("400 POST without '_action'"));
        Assert.That(Text(head, "_action=create", PutReading.Documented), Is.EqualTo("Create"));
    }

    [TestCase("r1", "r1", true)]
    [TestCase("r1", "r2", false)]
    [TestCase("r1", null, false)]
    [TestCase("r1,r2", "r2", true)]
    [TestCase("R1", "r1", false)]
    [TestCase("*", "r1", true)]
    [TestCase("*", null, true)]
    public void A_revision_guards(string header, string? revision, bool holds)
    {
        RevisionCondition? condition = EntityTags.Parse(header);

        Assert.That(condition?.Holds(revision), Is.EqualTo(holds));
        Assert.That(condition?.Refusal(revision)?.Code, holds ? Is.Null : Is.EqualTo(412));
    }

    [Test]
    public void What_is_sent_as_an_etag_comes_back_as_the_revision() => Assert.That(EntityTags.Parse(EntityTags.Header("a-1"))?.Holds("a-1"), Is.True);

    private static string Text(RequestHead head, string query, PutReading puts)
    {
        if (!Dispatch.Parse(head, Given.Query(query), puts).Succeeded(out CrestRequest? request, out CrestError? error)) return $"{error.Code} {error.Message}";
        return request switch
        {
            CrestRequest.Read { Unless: null } => "Read",
            CrestRequest.Read read => $"Read unless {Text(read.Unless)}",
            CrestRequest.Query => "Query",
            CrestRequest.Describe describe => describe.OpenApi ? "Describe OpenApi" : "Describe Crest",
            CrestRequest.Create => "Create",
            CrestRequest.Update update => $"Update {Text(update.Condition)}",
            CrestRequest.Patch patch => $"Patch {Text(patch.Condition)}",
            CrestRequest.Delete delete => $"Delete {Text(delete.Condition)}",
            CrestRequest.Action action => $"Action {action.Name}",
            _ => "?",
        };
    }

    private static string Text(RevisionCondition condition) => condition is RevisionCondition.OneOf some ? string.Join(' ', some.Revisions) : "any";
}
