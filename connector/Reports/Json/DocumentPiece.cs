using System.Text.Json;

namespace ProvisioningConnector.Reports.Json;

/// <summary>A piece of a document in the order of its bytes.</summary>
/// <param name="Name">The top-level property; null for a user.</param>
/// <param name="Value">Its value, or the user.</param>
internal readonly record struct DocumentPiece(string? Name, JsonElement Value);
