using System.Text.Json;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>The body of a request, read strictly: what is not expected, or of another kind, is refused.</summary>
internal interface IRequestBody<TSelf>
    where TSelf : IRequestBody<TSelf>
{
    /// <param name="body">As sent; undefined when none came.</param>
    /// <exception cref="Http.FacadeRefusal">400.</exception>
    static abstract TSelf Read(JsonElement body);
}

/// <summary>Of operations that take none.</summary>
internal sealed record WithoutBody : IRequestBody<WithoutBody>
{
    public static WithoutBody Read(JsonElement body) => new();
}
