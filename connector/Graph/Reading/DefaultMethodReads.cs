using System.Text.Json;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Reading;

/// <summary>
/// A user's default method: beta <c>signInPreferences</c> (docs/graph.md#sign-in-preferences). Whatever is not a clear answer is unreadable. Read by hand:
/// to the SDK's reader null, which means none, and a missing or odd value are the same.
/// </summary>
internal sealed class DefaultMethodReads(GraphConnection connection)
{
    public async ValueTask<DefaultMethod> ReadAsync(string uid, CancellationToken cancellation)
    {
        RequestInformation info = new()
        {
            HttpMethod = Method.GET, URI = connection.Addresses.Beta(UserUrl.From(uid) + "/authentication/signInPreferences"),
        };
        SdkAnswer<byte[]> answer = await connection.Sdk.ReadBodyAsync(info, new ReadFor(Purpose.ReadDefault), cancellation).ConfigureAwait(false);
        return answer.TryGet(out byte[]? body, out _) ? Read(body) : DefaultMethod.Unreadable;
    }

    internal static DefaultMethod Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Utf8Text.WithoutMark(body));
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("userPreferredMethodForSecondaryAuthentication",
                    out JsonElement value)) return DefaultMethod.Unreadable;
            if (value.ValueKind == JsonValueKind.Null) return DefaultMethod.None;
            if (value.ValueKind != JsonValueKind.String || value.GetString() is not { } text) return DefaultMethod.Unreadable;
            if (text.Trim() is "" || text.Trim().Equals("none", StringComparison.OrdinalIgnoreCase)) return DefaultMethod.None;
            return PreferredMethods.TryParse(text, out PreferredMethod method) ? DefaultMethod.From(method) : DefaultMethod.Unreadable;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not a clear answer.
            return DefaultMethod.Unreadable;
        }
    }
}
