using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads <c>Protected</c>: users who are never changed, and why.</summary>
internal static class ProtectedReading
{
    private const string Key = "Protected";
    private const string Meaning =
        "users who are never changed, and why: `{ \"breakglass@contoso.com\": \"why\" }`, or a list `[\"breakglass@contoso.com\"]`; [see below](#protected)";

    private const string Example = "{ \"breakglass@contoso.com\": \"why\" } or [\"breakglass@contoso.com\"]";

    /// <summary>Users and why; who is named twice is there once, with the first reason given.</summary>
    public static ImmutableDictionary<string, string> Read(SettingsSection tenant)
    {
        ImmutableDictionary<string, string>.Builder users = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (SettingsEntry entry in tenant.Entries(Key, Example, Meaning))
        {
            if (!UserName.TryRead(entry.Name, out UserKey user, out string? problem)) tenant.Bad(entry, problem);
            else if (users.GetValueOrDefault(user.ToString()) is not { Length: > 0 }) users[user.ToString()] = entry.Note;
        }

        return users.ToImmutable();
    }
}
