using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>Answers with a typed body.</summary>
internal static class TypedAnswers
{
    public static PlainAnswer From<T>(T body, string? revision = null, int status = StatusCodes.Status200OK) =>
        new(status, PlainJson.Text(body)) { Revision = revision };
}
