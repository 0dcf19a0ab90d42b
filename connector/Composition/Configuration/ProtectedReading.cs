using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Runs;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads <c>Protected</c>: users who are never changed, and why.</summary>
internal static class ProtectedReading
{
    private const string Key = "Protected";
    private const string Meaning =
        "users who are never changed, and why: `{ \"breakglass@contoso.com\": \"why\" }`, "
        + "or a list `[\"breakglass@contoso.com\", \"group:ID\"]`; [see below](#protected)";

    private const string Example = "{ \"breakglass@contoso.com\": \"why\" } or [\"breakglass@contoso.com\"]";

    /// <summary>Users and why; who is named twice is there once, with the first reason given.</summary>
    public static ImmutableDictionary<string, string> Read(SettingsSection tenant)
    {
        ImmutableDictionary<string, string>.Builder users = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (SettingsEntry entry in tenant.Entries(Key, Example, Meaning))
        {
            string name = InvisibleCharacters.Trim(entry.Name);
            if (ProtectedLookUp.IsGroup(name))
            {
                string id = InvisibleCharacters.Trim(name[ProtectedLookUp.GroupPrefix.Length..]);
                if (id.Length == 0 || id.Any(char.IsWhiteSpace) || InvisibleCharacters.Find(id) is not null)
                {
                    tenant.Bad(entry, $"'{InvisibleCharacters.Escape(name)}' names no group. Write group: and the group's object id.");
                }
                else Add(ProtectedLookUp.GroupPrefix + id, entry.Note);
            }
            else if (!UserName.TryRead(entry.Name, out UserKey user, out string? problem)) tenant.Bad(entry, problem);
            else Add(user.ToString(), entry.Note);
        }

        return users.ToImmutable();

        void Add(string entry, string why)
        {
            if (users.GetValueOrDefault(entry) is not { Length: > 0 }) users[entry] = why;
        }
    }
}
