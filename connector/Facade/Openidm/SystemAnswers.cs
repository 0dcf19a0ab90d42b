using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Answers requests to system objects; expected problems in CREST's words.</summary>
internal sealed class SystemAnswers(KeyedDigests digests)
{
    /// <summary>Answers a request, whatever becomes of it.</summary>
    public async Task GiveAsync(HttpContext context, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (CallRefusal refusal)
        {
            await ErrorReply.WriteAsync(context, refusal.Error, refusal.RetryAfter);
        }
        catch (ConnectorException problem)
        {
            (CrestError error, TimeSpan? retryAfter) = await ConnectorErrors.OfAsync(problem, digests);
            await ErrorReply.WriteAsync(context, error, retryAfter);
        }
    }
}
