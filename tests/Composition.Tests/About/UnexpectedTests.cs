using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Composition.Tests.About;

public sealed class UnexpectedTests
{
    [Test]
    public async Task An_internal_error_is_reported_without_its_message_and_with_how_to_report_it()
    {
        InvalidOperationException mistake = await CatchAsync();

        ErrorDocument reported = Unexpected.Document(mistake);

        Assert.That(reported.Message,
            Does.Contain("InvalidOperationException").And.Contain("UnexpectedTests").And.Not.Contain("2065550100").And.Not.Contain("   at "));
        Assert.That(reported.Advice, Does.Contain("report").And.Contain("provision runs"));
    }

    private static async Task<InvalidOperationException> CatchAsync()
    {
        try
        {
            await Task.Yield();
            throw new InvalidOperationException("+1 2065550100");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }
}
