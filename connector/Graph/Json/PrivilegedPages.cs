using System.Collections.Immutable;
using System.Text.Json;

namespace ProvisioningConnector.Graph.Json;

/// <summary>What the holder of a role is, as far as the answer shows.</summary>
internal enum PrincipalType : byte
{
    Unknown,
    User,
    Group,
    Application,
}

/// <summary>The holder of a role.</summary>
internal readonly record struct Principal(string Id, PrincipalType Type);

/// <summary>Role assignments: <c>principalId</c>, and the expanded <c>principal</c> where it came.</summary>
internal static class PrincipalsPage
{
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<Principal> entries, out string? next, out string wrong)
    {
        ImmutableArray<Principal>.Builder found = ImmutableArray.CreateBuilder<Principal>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        entries = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            string? id = null;
            string? expandedId = null;
            PrincipalType type = PrincipalType.Unknown;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("principalId"u8)) id = JsonValues.Text(ref reader);
                else if (reader.ValueTextEquals("principal"u8)) Expanded(ref reader, ref expandedId, ref type);
                else JsonValues.Pass(ref reader);
            }

            if ((id ?? expandedId) is not { Length: > 0 } holder) return false;
            found.Add(new Principal(holder, type));
            return true;
        }
    }

    private static void Expanded(ref Utf8JsonReader reader, ref string? id, ref PrincipalType type)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) id = JsonValues.Text(ref reader);
            else if (reader.ValueTextEquals("@odata.type"u8)) type = Type(JsonValues.Text(ref reader));
            else JsonValues.Pass(ref reader);
        }
    }

    public static PrincipalType Type(string? name) => name?.TrimStart('#').ToUpperInvariant() switch
    {
        "MICROSOFT.GRAPH.USER" => PrincipalType.User,
        "MICROSOFT.GRAPH.GROUP" => PrincipalType.Group,
        "MICROSOFT.GRAPH.SERVICEPRINCIPAL" => PrincipalType.Application,
        _ => PrincipalType.Unknown,
    };
}

/// <summary>Any list of which only the ids matter.</summary>
internal static class IdsPage
{
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<string> entries, out string? next, out string wrong) =>
        AdminsPage.TryRead(body, needsAdmin: false, out entries, out next, out wrong);
}

/// <summary>The registration report: ids of the rows with <c>isAdmin</c>.</summary>
internal static class AdminsPage
{
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<string> entries, out string? next, out string wrong) =>
        TryRead(body, needsAdmin: true, out entries, out next, out wrong);

    public static bool TryRead(ReadOnlyMemory<byte> body, bool needsAdmin, out ImmutableArray<string> entries, out string? next, out string wrong)
    {
        ImmutableArray<string>.Builder found = ImmutableArray.CreateBuilder<string>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        entries = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            string? id = null;
            bool? admin = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("id"u8)) id = JsonValues.Text(ref reader);
                else if (reader.ValueTextEquals("isAdmin"u8)) admin = JsonValues.Flag(ref reader);
                else JsonValues.Pass(ref reader);
            }

            // A row that does not say whether it is an administrator makes the whole report useless for protection.
            if (id is not { Length: > 0 } || (needsAdmin && admin is null)) return false;
            if (!needsAdmin || admin is true) found.Add(id);
            return true;
        }
    }
}
