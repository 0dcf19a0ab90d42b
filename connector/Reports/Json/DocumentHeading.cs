using System.Buffers;
using System.Text.Json;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Json;

/// <summary>What the head of a document turned out to be.</summary>
internal abstract record DocumentHeading
{
    private DocumentHeading()
    {
    }

    public sealed record Known(ReportHeader Head) : DocumentHeading;

    /// <summary>JSON, but neither a plan nor a run.</summary>
    public sealed record OtherKind : DocumentHeading;

    /// <summary>Of a major version that this program does not read.</summary>
    public sealed record OtherVersion(string Found) : DocumentHeading;

    /// <summary>Puts the head together from its pieces.</summary>
    /// <exception cref="JsonException">A property is missing or wrong.</exception>
    public static DocumentHeading From(IReadOnlyList<DocumentPiece> pieces)
    {
        string? kind = Kind(pieces);
        if (kind is not (PlanDocument.KindName or RunDocument.KindName)) return new OtherKind();
        string? version = Text(pieces, "formatVersion");
        if (version is null || Major(version) != Major(ReportHeader.CurrentVersion)) return new OtherVersion(version ?? "none");
        byte[] bytes = Whole(pieces);
        ReportHeader? head = kind == PlanDocument.KindName
            ? JsonSerializer.Deserialize(bytes, ReportJson.OfPlans.Plan)
            : JsonSerializer.Deserialize(bytes, ReportJson.OfRuns.Run);
        if (head is null) throw new JsonException("The document is empty.");
        // Documents of earlier versions say it in the name of their source only.
        return new Known(pieces.Any(piece => piece.Name == "origin") ? head : head with { Origin = PlanOrigin.OfOlder(head.Source) });
    }

    /// <summary>The document's <c>kind</c>; null when it has none so far.</summary>
    public static string? Kind(IReadOnlyList<DocumentPiece> pieces) => Text(pieces, "kind");

    private static string Major(string version) => version.Split('.')[0];

    private static byte[] Whole(IReadOnlyList<DocumentPiece> pieces)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter writer = new(bytes, ReportJson.Writing))
        {
            writer.WriteStartObject();
            foreach (DocumentPiece piece in pieces)
            {
                writer.WritePropertyName(piece.Name ?? "");
                piece.Value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static string? Text(IReadOnlyList<DocumentPiece> pieces, string name)
    {
        foreach (DocumentPiece piece in pieces)
        {
            if (piece.Name == name && piece.Value.ValueKind == JsonValueKind.String) return piece.Value.GetString();
        }

        return null;
    }
}
