using System.Text.Json;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Http;

/// <summary>One logical request: a request of its own, or one item of a batch.</summary>
internal sealed class Call
{
    public required string Method { get; init; }
    public required bool Beta { get; init; }
    /// <summary>Path segments after the version, decoded; <c>users('x')</c> counts as two.</summary>
    public required string[] Segments { get; init; }
    public required Query Query { get; init; }
    /// <summary>Path and query as sent.</summary>
    public required string Target { get; init; }
    public required CallHeaders Headers { get; init; }
    public required ReadOnlyMemory<byte> Body { get; init; }
    /// <summary>Scheme and host of this server as the client called it.</summary>
    public required string Origin { get; init; }
    public required bool Delegated { get; init; }
    public Guid RequestId { get; } = Guid.NewGuid();
    /// <summary>The id within a batch; null for a request of its own.</summary>
    public string? BatchItem { get; init; }
    /// <summary>Users already written in the parallel batch that this is an item of; null otherwise.</summary>
    public HashSet<SandboxUser>? BatchWrites { get; init; }

    public Route Route { get; set; } = Route.Unknown;
    /// <summary>The user that the path names; null when missing.</summary>
    public SandboxUser? Subject { get; set; }
    /// <summary>The user whose write is under way; null when none is.</summary>
    public SandboxUser? Writing { get; set; }
    /// <summary>Whether a write took effect.</summary>
    public bool Applied { get; set; }

    public string Version => Beta ? "beta" : "v1.0";
    public SandboxUser User => Subject ?? throw new InvalidOperationException("The route has no user.");

    /// <summary>The body as an object, or null when it is not one.</summary>
    public JsonDocument? ReadBody()
    {
        if (Body.IsEmpty) return null;
        try
        {
            JsonDocument document = JsonDocument.Parse(Body);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>The few request headers that matter.</summary>
internal sealed record CallHeaders(string? ClientRequestId, string? ConsistencyLevel, string? ContentType, string? Prefer);
