using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProvisioningConnector.TestKit.Kept;

namespace ProvisioningConnector.Scenarios.Tests.Fixtures;

/// <summary>
/// Compares a document with the one that a fixture keeps: every property of the fixture is there with its value, texts for people excepted
/// (<see cref="KeptJson"/>).
/// </summary>
internal static partial class KeptDocument
{
    /// <summary>Values that differ from one run of the same commands to the next, by the name of their property.</summary>
    private static readonly HashSet<string> OfOneRun = new(StringComparer.Ordinal)
    {
        // Ids and moments.
        "planId", "runId", "createdAt", "startedAt", "endedAt", "resumedAt", "sentAt", "verifiedAt", "requestId", "fileDate",
        "approvalId", "at", "expiresAt",
        // Made with keys of the store.
        "fingerprint", "seal", "planSeal",
        // Who ran what on which machine.
        "actor", "appliedBy", "toolVersion",
        // Measured, or forecast from what was measured.
        "used", "seconds", "readShare", "writeShare",
    };

    /// <summary>Where the found document is not as the fixture says; empty when it is.</summary>
    public static string[] Differences(JsonNode? kept, JsonNode? found) => KeptJson.Differences(kept, found, "message", "advice");

    /// <summary>The document with values of one run only replaced by their property's name; null and empty stay.</summary>
    public static JsonNode? OfAnyRun(JsonNode? document) => document switch
    {
        JsonObject properties => new JsonObject(
            properties.Select(p => KeyValuePair.Create(p.Key, OfOneRun.Contains(p.Key) ? Hidden(p.Key, p.Value) : OfAnyRun(p.Value)))),
        JsonArray elements => new JsonArray([.. elements.Select(OfAnyRun)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => JsonValue.Create(Plain(value.GetValue<string>())),
        _ => document?.DeepClone(),
    };

    /// <summary>Replaces what the test's folder and the store's keys put into texts: the path of a source, the tag of a masked number.</summary>
    private static string Plain(string text) => Folder().Replace(Tag().Replace(text, " #tag"), "${file}");

    private static JsonNode? Hidden(string name, JsonNode? value) => value switch
    {
        null => null,
        JsonArray elements => new JsonArray([.. elements.Select(e => Hidden(name, e))]),
        JsonObject properties => new JsonObject(properties.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create($"({p.Key})")))),
        _ => JsonValue.Create($"({name})"),
    };

    [GeneratedRegex(" #[0-9a-f]{4}$")]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<![\w+])/\S*/(?<file>people\.\w+)")]
    private static partial Regex Folder();
}
