using ProvisioningConnector.Facade.Plain;
using ProvisioningConnector.Facade.Plain.Operations;

namespace ProvisioningConnector.Facade.Tests.Plain;

/// <summary>A dry run asked for by header, on every write of the plain API.</summary>
public sealed class DryRunTests
{
    [Test]
    public async Task The_header_makes_every_write_a_dry_run()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        foreach (PlainOperation operation in PlainOperations.All.Where(o => o.Writes))
        {
            foreach ((string query, string header) in ((string, string)[])[("", "true"), ("", " true "), ("?dryRun=true", "true")])
            {
                Answer answer = await stage.SendAsync(operation.Method, Path(operation) + query,
                    Body(operation), ("X-Dry-Run", header), ("Idempotency-Key", operation.Id));
                Assert.That((answer.Status, answer.Status == 200 ? answer.Text("kind") : answer.Body), Is.EqualTo((200, "plan")), operation.Id);
            }
        }

        Assert.That(stage.Applied, Is.Empty);
    }

    [TestCase("X-Dry-Run", "1")]
    [TestCase("X-Dry-Run", "TRUE")]
    [TestCase("X-Dry-Run", "yes")]
    [TestCase("X-Dry-Run", "")]
    [TestCase("X-Dry-Run", "true,true")]
    [TestCase("X-DryRun", "true")]
    [TestCase("X_Dry_Run", "true")]
    [TestCase("Dry-Run", "true")]
    [TestCase("X-Dry-Rn", "true")]
    [TestCase("X-Dry-Run", "true", "?dryRun=false")]
    [TestCase("X-Dry-Run", "false", "?dryRun=true")]
    [TestCase("X-DryRun", "true", "?dryRun=true")]
    public async Task A_header_that_is_not_understood_is_refused_and_nothing_is_written(string name, string value, string query = "")
    {
        await using PlainStage stage = await PlainStage.OpenAsync();
        foreach (PlainOperation operation in PlainOperations.All.Where(o => o.Writes))
        {
            Assert.That((await stage.SendAsync(operation.Method, Path(operation) + query, Body(operation), (name, value))).Problem(),
                Is.EqualTo((400, "badDryRun")), operation.Id);
        }

        Assert.That(stage.Applied, Is.Empty);
    }

    [TestCase("true", "true")]
    [TestCase("false", "")]
    [TestCase("", "false")]
    [TestCase("false", "true")]
    public async Task A_header_sent_twice_is_refused_and_nothing_is_written(string first, string second)
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        int status = await RawHttp.StatusAsync(stage.Rig, "DELETE", PlainStage.Base + "cleo@contoso.com/email",
            [Rig.Bearer(stage.Key), ("X-Dry-Run", first), ("X-Dry-Run", second)]);

        Assert.That((status, stage.Applied.Length), Is.EqualTo((400, 0)));
    }

    [Test]
    public async Task A_header_that_says_false_is_no_dry_run()
    {
        await using PlainStage stage = await PlainStage.OpenAsync();

        Answer answer = await stage.DeleteAsync("cleo@contoso.com/email?dryRun=false", ("X-Dry-Run", "false"));

        Assert.That((answer.Status, stage.Applied.Length), Is.EqualTo((204, 1)));
    }

    private static string Path(PlainOperation operation) => operation.Path.Replace("/api/v1/tenants/{tenant}/users/", "", StringComparison.Ordinal)
        .Replace("{user}", "cleo@contoso.com", StringComparison.Ordinal).Replace("{slot}", "mobile", StringComparison.Ordinal)
        .Replace("{kind}", "softwareOath", StringComparison.Ordinal).Replace("{id}", "x", StringComparison.Ordinal);

    private static string? Body(PlainOperation operation) => operation.Id == "SetPreferredMethod" ? """{"method":"sms"}""" : operation.Body?.Example;
}
