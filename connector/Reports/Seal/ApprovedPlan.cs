using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Json;

namespace ProvisioningConnector.Reports.Seal;

/// <summary>
/// Writes a saved plan again with its approvals. Everything else is taken over piece by piece, known to this version or not,
/// so that the plan's own seal stays valid; the approvals are sealed on their own.
/// </summary>
public static class ApprovedPlan
{
    /// <summary>Name of the property; the plan's seal does not cover it.</summary>
    public const string Property = "approvals";

    /// <param name="plan">A plan that was opened before (<see cref="SavedPlan"/>); read from its start.</param>
    /// <param name="approvals">All approvals that it is to hold.</param>
    /// <param name="output">Where the new document goes.</param>
    /// <param name="cancellation">Stops; the output is of no use then.</param>
    public static async Task WriteAsync(Stream plan, ImmutableArray<Approval> approvals, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(output);
        plan.Position = 0;
        ArrayBufferWriter<byte> line = new();
        bool first = true;
        bool inUsers = false;
        await foreach (DocumentPiece piece in new DocumentPieces(plan).ReadAsync(cancellation))
        {
            if (piece.Name == Property) continue;
            line.ResetWrittenCount();
            if (piece.Name is null && !inUsers)
            {
                Approvals(line, approvals);
                (first, inUsers) = (true, true);
            }

            line.Write(first ? (inUsers ? "\n"u8 : "{"u8) : inUsers ? ",\n"u8 : ","u8);
            first = false;
            Piece(line, piece);
            await output.WriteAsync(line.WrittenMemory, cancellation);
        }

        line.ResetWrittenCount();
        if (!inUsers) Approvals(line, approvals);
        line.Write("]}\n"u8);
        await output.WriteAsync(line.WrittenMemory, cancellation);
    }

    private static void Approvals(ArrayBufferWriter<byte> line, ImmutableArray<Approval> approvals)
    {
        line.Write(",\""u8);
        line.Write(System.Text.Encoding.UTF8.GetBytes(Property));
        line.Write("\":"u8);
        using (Utf8JsonWriter writer = new(line, ReportJson.Writing)) JsonSerializer.Serialize(writer, approvals, ReportJson.OfPlans.Approvals);
        line.Write(",\"users\":["u8);
    }

    private static void Piece(ArrayBufferWriter<byte> line, DocumentPiece piece)
    {
        if (piece.Name is { } name)
        {
            line.Write("\""u8);
            line.Write(JsonEncodedText.Encode(name, ReportJson.Writing.Encoder).EncodedUtf8Bytes);
            line.Write("\":"u8);
        }

        using Utf8JsonWriter writer = new(line, ReportJson.Writing);
        piece.Value.WriteTo(writer);
    }
}
