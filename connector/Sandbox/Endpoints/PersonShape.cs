using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Properties of a person that only lists and reports ask for.</summary>
internal static class PersonShape
{
    public static void Write(Utf8JsonWriter w, string name, SandboxUser user)
    {
        switch (name.ToLowerInvariant())
        {
            case "givenname": w.WriteString("givenName", user.Personal.GivenName); break;
            case "department": w.WriteString("department", user.Personal.Department); break;
            case "preferredlanguage": w.WriteString("preferredLanguage", user.Personal.PreferredLanguage); break;
            case "externaluserstate": w.WriteString("externalUserState", user.Personal.ExternalUserState); break;
            case "identities": Identities(w, user); break;
            case "lastpasswordchangedatetime" when user.Personal.PasswordSet is { } set: w.WriteString("lastPasswordChangeDateTime", Entity.Time(set)); break;
            case "lastpasswordchangedatetime": w.WriteNull("lastPasswordChangeDateTime"); break;
            case "signinactivity": SignInActivity(w, user.Personal.LastSignIn); break;
        }
    }

    public static void Manager(Utf8JsonWriter w, SandboxUser manager)
    {
        w.WriteStartObject("manager");
        w.WriteString("@odata.type", "#microsoft.graph.user");
        w.WriteString("id", manager.Id);
        w.WriteString("displayName", manager.DisplayName);
        w.WriteEndObject();
    }

    public static bool IsExternal(SandboxUser user) =>
        user.Personal.External ?? user.UserPrincipalName.Contains("#EXT#", StringComparison.OrdinalIgnoreCase);

    private static void Identities(Utf8JsonWriter w, SandboxUser user)
    {
        w.WriteStartArray("identities");
        if (IsExternal(user))
        {
            w.WriteStartObject();
            w.WriteString("signInType", "federated");
            w.WriteString("issuer", "ExternalAzureAD");
            w.WriteNull("issuerAssignedId");
            w.WriteEndObject();
        }
        w.WriteStartObject();
        w.WriteString("signInType", "userPrincipalName");
        w.WriteString("issuer", user.UserPrincipalName[(user.UserPrincipalName.LastIndexOf('@') + 1)..]);
        w.WriteString("issuerAssignedId", user.UserPrincipalName);
        w.WriteEndObject();
        w.WriteEndArray();
    }

    private static void SignInActivity(Utf8JsonWriter w, DateTimeOffset? last)
    {
        if (last is not { } at) return;
        w.WriteStartObject("signInActivity");
        w.WriteString("lastSignInDateTime", Entity.Time(at));
        w.WriteString("lastSuccessfulSignInDateTime", Entity.Time(at));
        w.WriteEndObject();
    }
}
