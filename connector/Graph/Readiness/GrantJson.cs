using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>A role given to someone, or that they may activate.</summary>
/// <param name="Principal">Object id of a person, a group or an application.</param>
/// <param name="Type">Which of them, as far as the answer shows.</param>
/// <param name="IsGlobalAdministrator">Whether the role is Global Administrator.</param>
internal readonly record struct RoleGrant(string Principal, PrincipalType Type, bool IsGlobalAdministrator);

/// <summary>Role assignments, and instances of eligibility schedules; they look alike.</summary>
internal static class GrantJson
{
    /// <summary>Template id of Global Administrator, the same in every tenant.</summary>
    private static readonly Guid GlobalAdministrator = new("62e90394-69f5-4237-9190-012177145e10");

    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<RoleGrant> grants, out string? next, out string wrong)
    {
        ImmutableArray<RoleGrant>.Builder found = ImmutableArray.CreateBuilder<RoleGrant>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        grants = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            JsonElement grant = JsonElement.ParseValue(ref reader);
            JsonElement principal = grant.Part("principal");
            if ((grant.Text("principalId") ?? principal.Text("id")) is not { Length: > 0 } id) return false;
            bool global = Guid.TryParse(grant.Text("roleDefinitionId"), out Guid role) && role == GlobalAdministrator;
            found.Add(new RoleGrant(id, PrincipalsPage.Type(principal.Text("@odata.type")), global));
            return true;
        }
    }
}
