using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Rows of <c>userRegistrationDetails</c> with defaults and what can be done. A row without methods says nothing and is left aside.</summary>
internal static class RegistrationJson
{
    public static bool TryRead(ReadOnlyMemory<byte> body, out ImmutableArray<RegistrationDetails> rows, out string? next, out string wrong)
    {
        ImmutableArray<RegistrationDetails>.Builder found = ImmutableArray.CreateBuilder<RegistrationDetails>();
        bool good = ListPage.TryRead(body, One, out next, out wrong);
        rows = found.ToImmutable();
        return good;

        bool One(ref Utf8JsonReader reader)
        {
            if (reader.TokenType != JsonTokenType.StartObject) return false;
            JsonElement row = JsonElement.ParseValue(ref reader);
            if (row.Text("id") is not { Length: > 0 } uid || row.Part("methodsRegistered").ValueKind != JsonValueKind.Array) return true;
            PersonMethods methods = PersonMethods.None;
            foreach (JsonElement name in row.Items("methodsRegistered"))
            {
                methods |= name.ValueKind == JsonValueKind.String ? MethodSets.FromReport(name.GetString() ?? string.Empty) : PersonMethods.UnknownKind;
            }

            found.Add(new RegistrationDetails(uid, methods, Default(row), row.Flag("isSystemPreferredAuthenticationMethodEnabled"), row.Flag("isSsprEnabled"),
                row.Flag("isMfaCapable"), row.Moment("lastUpdatedDateTime")));
            return true;
        }
    }

    private static DefaultMethod Default(JsonElement row)
    {
        JsonElement value = row.Part("userPreferredMethodForSecondaryAuthentication");
        if (value.ValueKind is JsonValueKind.Undefined) return DefaultMethod.NotRead;
        string text = value.ValueKind == JsonValueKind.String ? value.GetString()?.Trim() ?? string.Empty : string.Empty;
        if (text.Length == 0 || text.Equals("none", StringComparison.OrdinalIgnoreCase)) return DefaultMethod.None;
        return PreferredMethods.TryParse(text, out PreferredMethod method) ? DefaultMethod.Of(method) : DefaultMethod.Unreadable;
    }
}
