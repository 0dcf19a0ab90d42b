using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>Reads users, one or a page of them, straight from UTF-8: a directory may have a million, and the SDK's models cost fifty times the memory
/// (docs/graph.md#how-the-sdk-is-used).</summary>
internal static class UsersPage
{
    /// <summary>Reads a page; false with what is wrong when it cannot be understood.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<DirectoryUser> users, out string? next, out string wrong)
    {
        ImmutableArray<DirectoryUser>.Builder found = ImmutableArray.CreateBuilder<DirectoryUser>();
        bool good = ListPage.TryRead(body, (ref Utf8JsonReader reader) => One(ref reader, found), out next, out wrong);
        users = good ? found.DrainToImmutable() : [];
        return good;
    }

    /// <summary>Reads a single user.</summary>
    public static DirectoryUser? ReadOne(ReadOnlyMemory<byte> body)
    {
        ImmutableArray<DirectoryUser>.Builder found = ImmutableArray.CreateBuilder<DirectoryUser>(1);
        try
        {
            Utf8JsonReader reader = new(Utf8Text.WithoutMark(body).Span);
            return reader.Read() && One(ref reader, found) ? found[0] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not a user: the caller says so.
            return null;
        }
    }

    private static bool One(ref Utf8JsonReader reader, ImmutableArray<DirectoryUser>.Builder found)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        string? id = null, name = null, displayName = null, mail = null, employeeId = null;
        bool? enabled = null, synced = null;
        bool guest = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) id = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("userPrincipalName"u8)) name = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("displayName"u8)) displayName = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("mail"u8)) mail = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("employeeId"u8)) employeeId = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("accountEnabled"u8)) enabled = JsonValues.Flag(ref reader);
            else if (reader.ValueTextEquals("onPremisesSyncEnabled"u8)) synced = JsonValues.Flag(ref reader);
            else if (reader.ValueTextEquals("userType"u8)) guest = string.Equals(JsonValues.Text(ref reader), "Guest", StringComparison.OrdinalIgnoreCase);
            else JsonValues.Pass(ref reader);
        }

        if (id is not { Length: > 0 }) return false;
        found.Add(new DirectoryUser(id, name, displayName, mail, employeeId, enabled, guest, synced ?? false));
        return true;
    }
}
