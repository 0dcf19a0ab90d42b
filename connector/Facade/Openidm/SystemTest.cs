using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>What <c>_action=test</c> finds of a tenant. A test that fails is a result, not an error (docs/openidm.md#actions).</summary>
/// <param name="Name">The tenant.</param>
/// <param name="Problem">Null: all is well.</param>
internal sealed record SystemTest(string Name, string? Problem)
{
    public static async Task<SystemTest> RunAsync(HttpContext context, string tenant)
    {
        try
        {
            TenantSession session = await context.TenantAsync(tenant);
            await Answers.Deadline.GiveAsync(context, session.Settings.Name, async (_, cancellation) =>
            {
                await session.Icf.TestAsync(cancellation);
                return true;
            });
            return new SystemTest(session.Settings.Name, null);
        }
        catch (ConnectorException problem)
        {
            return new SystemTest(tenant, problem.Message);
        }
        catch (TenantException problem)
        {
            return new SystemTest(tenant, $"{problem.Error.Message} {problem.Error.Advice}".TrimEnd());
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

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name", Name);
        json.WriteBoolean("enabled", true);
        json.WriteString("config", $"config/{ConnectorIdentity.ConfigurationId(Name)}");
        json.WriteStartObject("connectorRef");
        ConnectorIdentity.Write(json);
        json.WriteEndObject();
        json.WriteString("displayName", ConnectorIdentity.DisplayName);
        json.WriteStartArray("objectTypes");
        json.WriteStringValue("__ALL__");
        json.WriteStringValue(ObjectClass.User.Name);
        json.WriteEndArray();
        json.WriteBoolean("ok", Problem is null);
        if (Problem is not null) json.WriteString("error", Problem);
        json.WriteEndObject();
    }
}
