using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>People of a page of <c>users</c>.</summary>
internal static class PersonJson
{
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<DirectoryPerson> people, out string? next, out string wrong)
    {
        ImmutableArray<DirectoryPerson>.Builder found = ImmutableArray.CreateBuilder<DirectoryPerson>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        people = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject || Read(JsonElement.ParseValue(ref reader)) is not { } person) return false;
            found.Add(person);
            return true;
        }
    }

    /// <summary>One person; null when the object is none.</summary>
    public static DirectoryPerson? Read(JsonElement user)
    {
        if (user.Text("id") is not { Length: > 0 } uid) return null;
        string? name = user.Text("userPrincipalName");
        return new DirectoryPerson
        {
            Uid = uid, PrincipalName = name, DisplayName = user.Text("displayName"), GivenName = user.Text("givenName"), Mail = user.Text("mail"),
            EmployeeId = Text(user, "employeeId"),
            Department = Text(user, "department"), Language = Text(user, "preferredLanguage"), Manager = user.Part("manager").Text("displayName"),
            Enabled = user.Flag("accountEnabled"), OnPremisesSynced = user.Flag("onPremisesSyncEnabled") == true,
            Signs = new AccountSigns(Guest(user), name, Text(user, "externalUserState"), ForeignIdentity(user)), LastSignIn = LastSignIn(user),
        };
    }

    private static bool? Guest(JsonElement user) =>
        Text(user, "userType") is { } type ? type.Equals("Guest", StringComparison.OrdinalIgnoreCase) : null;

    /// <summary>Whether another directory or provider signs the person in; null when the answer has no identities.</summary>
    private static bool? ForeignIdentity(JsonElement user)
    {
        JsonElement[] identities = [.. user.Items("identities")];
        if (identities.Length == 0) return null;
        return Array.Exists(identities, static i => string.Equals(i.Text("signInType"), "federated", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The later of a sign-in that succeeded and any sign-in, interactive or not.</summary>
    private static DateTimeOffset? LastSignIn(JsonElement user)
    {
        JsonElement activity = user.Part("signInActivity");
        DateTimeOffset? latest = null;
        foreach (string name in new[] { "lastSuccessfulSignInDateTime", "lastSignInDateTime", "lastNonInteractiveSignInDateTime" })
        {
            // The year 1 stands for never.
            if (activity.Moment(name) is { Year: > 1900 } at && (latest is null || at > latest)) latest = at;
        }

        return latest;
    }

    private static string? Text(JsonElement element, string name) => element.Text(name) is { Length: > 0 } text ? text : null;
}
