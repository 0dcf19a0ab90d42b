using System.Text.Json;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>Objects of <c>/openidm/config</c>, read only: what clients look up there, made from the configuration and without its secrets.</summary>
internal interface IConfigObjects
{
    /// <summary>Those that the caller may read.</summary>
    IEnumerable<ConfigObject> Of(Caller caller);
}

/// <summary>One of them.</summary>
/// <param name="Id">Such as <c>sync</c> or <c>provisioner.openicf/contoso</c>.</param>
/// <param name="Write">Writes the whole object, <c>_id</c> first.</param>
internal sealed record ConfigObject(string Id, Action<Utf8JsonWriter> Write);
