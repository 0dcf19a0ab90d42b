using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Filters;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;
using ProvisioningConnector.Crest.Parameters;

namespace ProvisioningConnector.Crest.Tests.Parameters;

/// <summary>The reserved parameters of docs/openidm.md#addresses-and-parameters and docs/openidm.md#queries.</summary>
public sealed class ParameterReaderTests
{
    private static IEnumerable<string> SingleValued => ParameterNames.All.Except(["_fields", "_sortKeys"]);

    [TestCaseSource(nameof(SingleValued))]
    public void A_single_valued_parameter_given_twice_is_a_400(string name)
    {
        KeyValuePair<string, string>[] twice = [new(name, "true"), new(name.ToUpperInvariant(), "true")];

        Assert.That(Given.Error(ParameterReader.Read(twice)),
            Is.EqualTo(new CrestError(CrestStatus.BadRequest, $"Multiple values provided for the single-valued request parameter '{name}'")));
    }

    [Test]
    public void All_that_can_be_said_together_is_read()
    {
        CrestQuery query = Given.Query("_queryFilter=mail pr&_FIELDS=_id,/mail&_fields=phones&_pageSize=50&_pagedResultsCookie=abc&_sortKeys=-mail, "
            + "name&_totalPagedResultsPolicy=exact&_prettyprint=TRUE&x=1");

        Assert.Multiple(() =>
        {
            Assert.That(query.Selector, Is.EqualTo(new QuerySelector.ByFilter(Given.Value(QueryFilter.Parse("mail pr")))));
            Assert.That(query.Fields.Fields.Select(f => f.ToString()), Is.EqualTo(new[] { "/_id", "/mail", "/phones" }));
            Assert.That(query.Fields.Defaults, Is.False);
            Assert.That(query.Page, Is.EqualTo(new PageRequest(50, "abc", 0)));
            Assert.That(query.SortKeys.Select(k => $"{k.Field}{k.Descending}"), Is.EqualTo(new[] { "/mailTrue", "/nameFalse" }));
            Assert.That(query.CountPolicy, Is.EqualTo(CountPolicy.Exact));
            Assert.That(query.PrettyPrint, Is.True);
            Assert.That(query.Additional, Is.EqualTo(new[] { KeyValuePair.Create("x", "1") }));
        });
    }

    [TestCase("_queryFilter=true&_queryId=query-all-ids", "exclude each other")]
    [TestCase("_queryId=a&_queryExpression=b", "exclude each other")]
    [TestCase("_queryFilter=", "Invalid query filter")]
    [TestCase("_queryFilter=a eq b", "Invalid query filter")]
    [TestCase("_pageSize=x", "'_pageSize' could not be parsed as a valid integer")]
    [TestCase("_pageSize=", "'_pageSize' could not be parsed as a valid integer")]
    [TestCase("_pageSize=-1", "'_pageSize' is negative")]
    [TestCase("_pageSize=99999999999", "valid integer")]
    [TestCase("_pagedResultsOffset=-1", "'_pagedResultsOffset' is negative")]
    [TestCase("_pagedResultsCookie=a&_pagedResultsOffset=1", "exclude each other")]
    [TestCase("_totalPagedResultsPolicy=some", "NONE, ESTIMATE or EXACT")]
    [TestCase("_sortKeys=+", "'_sortKeys'")]
    [TestCase("_sortKeys=a,,b", "'_sortKeys'")]
    [TestCase("_sortKeys=a,-a", "twice")]
    [TestCase("_fields=a//b", "'_fields'")]
    [TestCase("_mimeType=text/plain", "exactly one field")]
    [TestCase("_mimeType=text/plain&_fields=a,b", "exactly one field")]
    [TestCase("_mimeType=text/plain&_fields=*", "exactly one field")]
    [TestCase("_mimeType=text&_fields=a", "content type")]
    [TestCase("_mimeType=text/html&_fields=a", "content type")]
    [TestCase("_mimeType=text/plain\r\nX: y&_fields=a", "content type")]
    [TestCase("_action=", "name of an action")]
    [TestCase("_action=<script>", "name of an action")]
    [TestCase("_dryRun=1", "Nothing was written")]
    [TestCase("_dryRun=", "Nothing was written")]
    [TestCase("_dryRun=yes", "Nothing was written")]
    [TestCase("_dryRun=True", "Nothing was written")]
    [TestCase("_dryRun= true", "Nothing was written")]
    public void A_wrong_value_is_a_400_that_names_the_parameter(string query, string message)
    {
        CrestError error = Given.Error(ParameterReader.Read(Given.Pairs(query)));

        Assert.That(error.Status, Is.EqualTo(CrestStatus.BadRequest));
        Assert.That(error.Message, Does.Contain(message));
    }

    [TestCase("_dryRun=true", true)]
    [TestCase("_dryRun=false", false)]
    [TestCase("_DRYRUN=true", true)]
    [TestCase("", null)]
    public void A_dry_run_is_true_or_false(string query, bool? expected) => Assert.That(Given.Query(query).DryRun, Is.EqualTo(expected));

    [TestCase(null, null, false)]
    [TestCase(true, null, true)]
    [TestCase(false, null, false)]
    [TestCase(null, "true", true)]
    [TestCase(null, "false", false)]
    [TestCase(true, " true", true)]
    [TestCase(true, "false", null)]
    [TestCase(false, "true", null)]
    [TestCase(null, "", null)]
    [TestCase(null, "yes", null)]
    [TestCase(null, "true,true", null)]
    public void A_dry_run_may_be_asked_for_by_header(bool? parameter, string? header, bool? expected) =>
        Assert.That(DryRuns.Read(parameter, header).Succeeded(out bool dry, out _) ? dry : (bool?)null, Is.EqualTo(expected));

    [TestCase("X-Dry-Run", false)]
    [TestCase("x-dry-run", false)]
    [TestCase("X-DryRun", true)]
    [TestCase("Dry-Run", true)]
    [TestCase("X_Dry_Run", true)]
    [TestCase("X-Dry-Runs", true)]
    [TestCase("XDryRun", true)]
    [TestCase("X.Dry.Run", true)]
    [TestCase("X-Dry-Run-1", true)]
    [TestCase("X-Dry-Rn", true)]
    [TestCase("X-Dyr-Run", true)]
    [TestCase("Dri-Run", true)]
    [TestCase("X-Dry", true)]
    [TestCase("X-Run", false)]
    [TestCase("X-Druid", false)]
    [TestCase("Range", false)]
    [TestCase("X-Request-Id", false)]
    public void A_header_that_is_nearly_the_one_of_a_dry_run_is_an_error(string header, bool wrong) =>
        Assert.That(DryRuns.Misspelt(["Accept", header]), wrong ? Is.Not.Null : Is.Null);

    [TestCase("", true, "")]
    [TestCase("_fields=", true, "")]
    [TestCase("_fields=*", true, "")]
    [TestCase("_fields=/", true, "")]
    [TestCase("_fields=*,authenticationMethods", true, "/authenticationMethods")]
    [TestCase("_fields=*_ref", false, "")]
    [TestCase("_fields=a, /a ,b/c", false, "/a /b/c")]
    public void Fields_are_selected(string query, bool defaults, string fields)
    {
        FieldSelection selection = Given.Query(query).Fields;

        Assert.That(selection.Defaults, Is.EqualTo(defaults));
        Assert.That(string.Join(' ', selection.Fields), Is.EqualTo(fields));
    }

    [TestCase("_sortKeys= a,%b", "/a /%b", Description = "A plus that was not encoded arrives as a blank.")]
    [TestCase("_sortKeys=+a,-b", "/a -/b")]
    [TestCase("_sortKeys=", "")]
    public void Sort_keys_have_signs(string query, string keys) =>
        Assert.That(string.Join(' ', Given.Query(query).SortKeys.Select(k => (k.Descending ? "-" : "") + k.Field)), Is.EqualTo(keys));

    [TestCase("_queryId=query-all-ids", true, null)]
    [TestCase("_queryFilter=true", false, null)]
    [TestCase("_queryId=other", false, "Unsupported _queryId: other")]
    [TestCase("_queryExpression=select", false, "_queryExpression is not supported")]
    [TestCase("", false, "One of _queryId, _queryExpression, or _queryFilter is required.")]
    public void System_objects_know_filters_and_all_ids(string query, bool idsOnly, string? message)
    {
        Parsed<SystemQuery> read = QuerySelector.OfSystemObject(Given.Query(query).Selector);

        if (message is null) Assert.That(Given.Value(read).IdsOnly, Is.EqualTo(idsOnly));
        else Assert.That(Given.Error(read).Message, Does.StartWith(message));
    }

    [Test]
    public void An_additional_parameter_may_be_read_once()
    {
        CrestQuery query = Given.Query("mapping=a&id=1&id=2&Mapping=b");

        Assert.That(Given.Value(query.ValueOf("mapping")), Is.EqualTo("a"));
        Assert.That(Given.Value(query.ValueOf("ids")), Is.Null);
        Assert.That(Given.Error(query.ValueOf("id")).Message, Is.EqualTo("Multiple values provided for the single-valued request parameter 'id'"));
    }

    [Test]
    public void Indentation_is_known_even_of_a_query_that_is_wrong() =>
        Assert.That(ParameterReader.WantsPretty(Given.Pairs("_queryFilter=&_prettyPrint=true")), Is.True);
}
