using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Errors;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Tests tenants, for <c>_action=test</c>.</summary>
internal sealed class SystemTests(RequestTenants tenants, ReplyDeadline deadline)
{
    public async Task<SystemTest> RunAsync(HttpContext context, string tenant)
    {
        try
        {
            TenantSession session = await tenants.OpenAsync(context, tenant);
            await deadline.GiveAsync(context, Answers.Late, session.Settings.Name, async (_, cancellation) =>
            {
                await session.Icf.TestAsync(cancellation);
                return true;
            });
            return new SystemTest(session.Settings.Name, null);
        }
        catch (ConnectorException problem)
        {
            return new SystemTest(tenant, HttpWording.From(problem.Message));
        }
        catch (TenantException problem)
        {
            return new SystemTest(tenant, HttpWording.From($"{problem.Error.Message} {problem.Error.Advice}".TrimEnd()));
        }
        catch (ProvisioningException problem)
        {
            return new SystemTest(tenant, $"The tenant cannot be opened ({problem.Code}).");
        }
        catch (FacadeRefusal slow) when (slow.Code == StatusCodes.Status503ServiceUnavailable)
        {
            return new SystemTest(tenant, "The tenant does not answer in time.");
        }
    }
}
