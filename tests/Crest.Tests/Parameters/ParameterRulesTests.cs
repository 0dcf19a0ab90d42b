using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;
using ProvisioningConnector.Crest.Requests;

namespace ProvisioningConnector.Crest.Tests.Parameters;

public sealed class ParameterRulesTests
{
    private static readonly RevisionCondition Any = RevisionCondition.Unconditional;

    private static readonly CrestRequest[] Writes = [new CrestRequest.Update(Any), new CrestRequest.Patch(Any),
        new CrestRequest.Delete(Any), new CrestRequest.Create(), new CrestRequest.Action("x")];
    private static readonly CrestRequest[] Reads = [new CrestRequest.Read(null), new CrestRequest.Query(), new CrestRequest.Describe(true)];

    [TestCase("_dryrum=true", "Did you mean '_dryRun'?")]
    [TestCase("dryRun=true", "Did you mean '_dryRun'?")]
    [TestCase("_dry_run=true", "Did you mean '_dryRun'?")]
    [TestCase("dry-run=true", "Did you mean '_dryRun'?")]
    [TestCase("_feilds=a", "Did you mean '_fields'?")]
    [TestCase("anything=1", "Possible:")]
    [TestCase("_=1", "Possible:")]
    [TestCase("_pageSize=1", "means nothing")]
    [TestCase("_queryFilter=true", "means nothing")]
    [TestCase("_api", "means nothing")]
    [TestCase("", null)]
    [TestCase("_dryRun=true&_fields=a&_prettyPrint=true", null)]
    public void A_write_takes_only_what_means_something_there(string query, string? message)
    {
        CrestQuery read = Given.Query(query);

        foreach (CrestRequest write in Writes) Assert.That(ParameterRules.Check(write, read, [])?.Message,
            message is null ? Is.Null : Does.Contain(message), write.ToString);
    }

    [TestCase("_queryFitler=true", "Did you mean '_queryFilter'?")]
    [TestCase("_xyzzy=true", "Possible:")]
    [TestCase("_action=test", "'_action' means nothing with a GET")]
    [TestCase("_=17", null)]
    [TestCase("utm=x", null)]
    [TestCase("_pageSize=1&_dryRun=true", null)]
    public void A_read_refuses_misspelt_reserved_names_only(string query, string? message)
    {
        CrestQuery read = Given.Query(query);

        foreach (CrestRequest request in Reads) Assert.That(ParameterRules.Check(request, read, [])?.Message,
            message is null ? Is.Null : Does.Contain(message), request.ToString);
    }

    [TestCase("_action=recon&mapping=x", null)]
    [TestCase("_action=recon&maping=x", "Did you mean 'mapping'?")]
    [TestCase("_action=recon&Mapping=x", "Did you mean 'mapping'?")]
    public void An_action_takes_the_parameters_that_it_lists(string query, string? message) =>
        Assert.That(ParameterRules.Check(new CrestRequest.Action("recon"), Given.Query(query), ["mapping", "waitForCompletion"])?.Message,
            message is null ? Is.Null : Does.Contain(message));

    [TestCase("_action=create", null)]
    [TestCase("_action=create&mapping=x", "Unrecognized")]
    public void A_create_may_be_called_an_action(string query, string? message) =>
        Assert.That(ParameterRules.Check(new CrestRequest.Create(), Given.Query(query), ["mapping"])?.Message,
            message is null ? Is.Null : Does.Contain(message));

    [Test]
    public void A_name_that_may_be_a_number_is_not_repeated()
    {
        CrestError? error = ParameterRules.Check(new CrestRequest.Update(Any), Given.Query("12065550150=x"), []);

        Assert.That(error?.Message, Does.Contain("Unrecognized request parameter").And.Not.Contain("2065550150"));
    }
}
