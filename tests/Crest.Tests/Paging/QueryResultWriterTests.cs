using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;

namespace ProvisioningConnector.Crest.Tests.Paging;

/// <summary>The envelope (docs/openidm.md#queries).</summary>
public sealed class QueryResultWriterTests
{
    [Test]
    public void The_envelope_has_its_properties_in_the_order_that_clients_know() => Assert.That(Given.Written(json =>
    {
        QueryResultWriter writer = Begin(json);
        writer.Add(Given.Json("""{"mail":"m","_id":"a"}"""));
        writer.AddId("b", "1");
        writer.AddId("c", null);
        writer.End(ResultPage.Last);
    }), Is.EqualTo("""{"result":[{"_id":"a","mail":"m"},{"_id":"b","_rev":"1"},"""
        + """{"_id":"c"}],"resultCount":3,"pagedResultsCookie":null,"totalPagedResultsPolicy":"NONE","totalPagedResults":-1,"remainingPagedResults":-1}"""));

    [TestCase(CountPolicy.None, "NONE")]
    [TestCase(CountPolicy.Estimate, "ESTIMATE")]
    [TestCase(CountPolicy.Exact, "EXACT")]
    public void A_page_says_where_the_next_one_starts(CountPolicy policy, string word) => Assert.That(
        Given.Written(json => Begin(json).End(new("c+1", (policy, 42), 7))),
        Is.EqualTo($$"""{"result":[],"resultCount":0,"pagedResultsCookie":"c+1","totalPagedResultsPolicy":"{{word}}","totalPagedResults":"""
            + """42,"remainingPagedResults":7}"""));

    [Test]
    public void A_source_that_fails_midway_ends_the_envelope_with_its_error() => Assert.That(Given.Written(json =>
    {
        QueryResultWriter writer = Begin(json);
        writer.AddId("a", null);
        writer.Fail(new CrestError(CrestStatus.ServiceUnavailable, "Graph doesn't answer."));
    }), Is.EqualTo("""{"result":[{"_id":"a"}],"resultCount":1,"error":{"code":503,"reason":"Service Unavailable","message":"Graph doesn&#39;t answer."}}"""));

    [Test]
    public void An_envelope_ends_once() => Given.Written(json =>
    {
        QueryResultWriter writer = Begin(json);
        writer.End(ResultPage.Last);
        Assert.That(() => writer.Fail(new CrestError(CrestStatus.Gone, "")), Throws.InvalidOperationException);
    });

    private static QueryResultWriter Begin(Utf8JsonWriter json) => new(json, Projection.From(FieldSelection.Default));
}
