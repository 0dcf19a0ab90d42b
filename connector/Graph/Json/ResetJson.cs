using System.Text.Json;
using ProvisioningConnector.Graph.Answers;

namespace ProvisioningConnector.Graph.Json;

/// <summary>How a long-running operation stands.</summary>
internal enum ResetStatus : byte
{
    /// <summary>No operation, or a status that this version does not know.</summary>
    Unknown,
    Running,
    Succeeded,
    Failed,
}

/// <summary>Bodies of a password reset, of its operation and of a pass (docs/graph.md#other-methods, docs/graph.md#password-reset).</summary>
internal static class ResetJson
{
    /// <summary>The operation's state and what the service adds to it; under any HTTP status, of an object that is an operation.</summary>
    public static (ResetStatus Status, string Detail) Status(ReadOnlyMemory<byte> body)
    {
        JsonElement root = Root(body);
        // A gateway's own JSON may have a status too.
        bool isOperation = root.Text("id") is not null || root.Text("@odata.context") is not null;
        string status = isOperation ? root.Text("status") ?? string.Empty : string.Empty;
        string detail = root.Text("statusDetail") ?? root.Part("statusDetail").Text("message") ?? root.Text("statusDetails") ?? string.Empty;
        return (status.ToUpperInvariant() switch
        {
            "SUCCEEDED" => ResetStatus.Succeeded,
            "FAILED" => ResetStatus.Failed,
            "NOTSTARTED" or "RUNNING" => ResetStatus.Running,
            _ => ResetStatus.Unknown,
        }, QuotedText.Quote(detail));
    }

    /// <summary>The password that Entra made; null when the answer holds none.</summary>
    public static string? NewPassword(ReadOnlyMemory<byte> body) => NotEmpty(Root(body).Text("newPassword"));

    /// <summary>The pass; null when the answer holds none.</summary>
    public static string? Pass(ReadOnlyMemory<byte> body) => NotEmpty(Root(body).Text("temporaryAccessPass"));

    internal static JsonElement Root(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Utf8Text.WithoutMark(body));
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Without JSON the state is unknown.
            return default;
        }
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
