using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Json;

/// <summary>A row of the registration report.</summary>
/// <param name="Uid">The user.</param>
/// <param name="Presence">Which methods it knows of.</param>
/// <param name="At">When the row was refreshed; null when it does not show it.</param>
internal readonly record struct RegistrationEntry(string Uid, MethodPresence Presence, DateTimeOffset? At);

/// <summary>Rows of <c>userRegistrationDetails</c> (docs/graph.md#registration-report). A row without
/// <c>methodsRegistered</c> says nothing; names that are not known are left aside.</summary>
internal static class RegistrationPage
{
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<RegistrationEntry> entries, out string? next, out string wrong)
    {
        ImmutableArray<RegistrationEntry>.Builder found = ImmutableArray.CreateBuilder<RegistrationEntry>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        entries = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            JsonElement row = JsonElement.ParseValue(ref reader);
            if (row.Text("id") is not { Length: > 0 } uid || row.Part("methodsRegistered").ValueKind != JsonValueKind.Array) return true;
            MethodPresence presence = MethodPresence.None;
            foreach (JsonElement name in row.Items("methodsRegistered"))
            {
                if (name.ValueKind == JsonValueKind.String) presence |= Of(name.GetString() ?? string.Empty);
            }

            found.Add(new RegistrationEntry(uid, presence, row.Moment("lastUpdatedDateTime")));
            return true;
        }
    }

    private static MethodPresence Of(string name) => name.ToUpperInvariant() switch
    {
        "MOBILEPHONE" => MethodPresence.Mobile,
        "ALTERNATEMOBILEPHONE" => MethodPresence.AlternateMobile,
        "OFFICEPHONE" => MethodPresence.Office,
        "EMAIL" => MethodPresence.Email,
        var other when other.StartsWith("MICROSOFTAUTHENTICATOR", StringComparison.Ordinal) => MethodPresence.Authenticator,
        _ => MethodPresence.None,
    };
}
