using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Users;

/// <summary>What the holder of a role is, as far as the answer shows.</summary>
internal enum PrincipalType : byte
{
    Unknown,
    User,
    Group,
    Application,
}

/// <summary>A role given to someone, or that they may activate.</summary>
/// <param name="Principal">Object id of a person, a group or an application.</param>
/// <param name="Type">Which of them, as far as the answer shows.</param>
/// <param name="IsGlobalAdministrator">Whether the role is Global Administrator.</param>
internal sealed record RoleGrant(string Principal, PrincipalType Type, bool IsGlobalAdministrator);

/// <summary>
/// Lists of role assignments and of eligibilities, which look alike. Every plan reads them, for four properties: a model of our own keeps the SDK's library,
/// which costs a plan more than its requests, out of plans (docs/graph.md#how-the-sdk-is-used).
/// </summary>
internal sealed class RoleGrants : IParsable
{
    /// <summary>Template id of Global Administrator, the same in every tenant.</summary>
    private static readonly Guid GlobalAdministrator = new("62e90394-69f5-4237-9190-012177145e10");

    private string? _id;
    private string? _role;
    private RoleHolderModel? _principal;

    /// <summary>The holder's id may stand in the grant or in the holder.</summary>
    public static SdkList<RoleGrants, RoleGrant> List { get; } = new(static _ => new RoleGrants(), static (grant, grants) =>
    {
        if ((grant._id ?? grant._principal?.Id) is not { Length: > 0 } holder) return false;
        grants.Add(new RoleGrant(holder, Type(grant._principal?.Type), Guid.TryParse(grant._role, out Guid role) && role == GlobalAdministrator));
        return true;
    });

    /// <summary>Asks for a list below <c>roleManagement/directory</c>.</summary>
    /// <param name="addresses">Where to.</param>
    /// <param name="list">Its name.</param>
    /// <param name="expand">Whether to ask for the holders too.</param>
    public static RequestInformation Ask(GraphAddress addresses, string list, bool expand) => new()
    {
        HttpMethod = Method.GET, URI = addresses.V1($"roleManagement/directory/{list}{(expand ? "?$expand=principal" : "")}"),
    };

    /// <inheritdoc/>
    public IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>(StringComparer.Ordinal)
    {
        ["principalId"] = node => _id = node.GetStringValue(),
        ["roleDefinitionId"] = node => _role = node.GetStringValue(),
        ["principal"] = node => _principal = node.GetObjectValue(static _ => new RoleHolderModel()),
    };

    /// <inheritdoc/>
    public void Serialize(ISerializationWriter writer) => throw new NotSupportedException("A role is only read.");

    private static PrincipalType Type(string? name) => name?.TrimStart('#').ToUpperInvariant() switch
    {
        "MICROSOFT.GRAPH.USER" => PrincipalType.User,
        "MICROSOFT.GRAPH.GROUP" => PrincipalType.Group,
        "MICROSOFT.GRAPH.SERVICEPRINCIPAL" => PrincipalType.Application,
        _ => PrincipalType.Unknown,
    };

    private sealed class RoleHolderModel : DirectoryId
    {
        public string? Type { get; private set; }

        public override IDictionary<string, Action<IParseNode>> GetFieldDeserializers() =>
            new Dictionary<string, Action<IParseNode>>(base.GetFieldDeserializers(), StringComparer.Ordinal)
            {
                ["@odata.type"] = node => Type = node.GetStringValue(),
            };
    }
}
