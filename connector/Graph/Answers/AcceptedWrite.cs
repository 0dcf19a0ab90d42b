using System.Text.Json;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>
/// Whether an answer of the class 2xx is Microsoft Graph's acceptance of a write: 204, or 200, 201 and 202 with an empty body or a JSON object
/// as Graph's writes answer it. Proxies, gateways and captive portals put pages of their own behind the same statuses, and then no one knows
/// whether the write was made.
/// </summary>
internal static class AcceptedWrite
{
    /// <summary>Properties of what writes answer (docs/graph.md#phone-methods and the sections after it); Graph's own annotations are known by their
    /// prefix.</summary>
    private static readonly string[] Known =
        ["id", "phoneNumber", "phoneType", "smsSignInState", "emailAddress", "newPassword", "temporaryAccessPass",
            "userPreferredMethodForSecondaryAuthentication"];

    public static bool Holds(GraphReply reply)
    {
        if (reply.Status == 204) return true;
        if (reply.Status is not (200 or 201 or 202) || reply.BodyProblem is not null || !MediaType.MayBeJson(reply.ContentType)) return false;
        ReadOnlyMemory<byte> body = Utf8Text.WithoutMark(reply.Body);
        return body.Span.Trim(" \t\r\n"u8).IsEmpty || IsEntity(body);
    }

    private static bool IsEntity(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return false;
            bool empty = true;
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name.StartsWith("@odata.", StringComparison.Ordinal) || Known.Contains(property.Name, StringComparer.Ordinal)) return true;
                empty = false;
            }

            return empty;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or not UTF-8: a page, a cut body, garbage.
            return false;
        }
    }
}
