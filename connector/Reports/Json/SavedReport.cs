using System.Runtime.CompilerServices;
using System.Text.Json;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Json;

/// <summary>What came of opening any plan or run document to show it again.</summary>
public abstract record SavedReportReading
{
    private SavedReportReading()
    {
    }

    public sealed record Opened(Report Report) : SavedReportReading;

    /// <summary>Not JSON, or another kind of document.</summary>
    public sealed record NotAReport : SavedReportReading;

    /// <param name="Found">Its <c>formatVersion</c>.</param>
    public sealed record WrongVersion(string Found) : SavedReportReading;

    /// <summary>The head holds something impossible.</summary>
    public sealed record Malformed : SavedReportReading;
}

/// <summary>Reads documents that this program wrote, masked or full, only to show them again: nothing is verified.</summary>
public static class SavedReport
{
    /// <summary>Reads the head. The stream stays the caller's and must stay open while users are read.</summary>
    /// <param name="input">A stream that can seek; begins at its start.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task<SavedReportReading> ReadAsync(Stream input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        List<DocumentPiece> pieces = [];
        input.Position = 0;
        try
        {
            await foreach (DocumentPiece piece in new DocumentPieces(input).ReadAsync(cancellation))
            {
                if (piece.Name is null) break;
                pieces.Add(piece);
            }

            return DocumentHeading.From(pieces) switch
            {
                DocumentHeading.Known known => new SavedReportReading.Opened(new Report(known.Head, token => UsersAsync(known.Head, input, token))),
                DocumentHeading.OtherVersion other => new SavedReportReading.WrongVersion(other.Found),
                _ => new SavedReportReading.NotAReport(),
            };
        }
        catch (JsonException)
        {
            return DocumentHeading.Kind(pieces) is null ? new SavedReportReading.NotAReport() : new SavedReportReading.Malformed();
        }
    }

    /// <exception cref="InvalidDataException">A user of the document is not what it should be.</exception>
    private static async IAsyncEnumerable<UserEntry> UsersAsync(ReportHeader head, Stream input, [EnumeratorCancellation] CancellationToken cancellation)
    {
        input.Position = 0;
        ReportJson json = ReportJson.For(head);
        await foreach (DocumentPiece piece in new DocumentPieces(input).ReadAsync(cancellation))
        {
            if (piece.Name is not null) continue;
            yield return piece.Value.Deserialize(json.User) ?? throw new InvalidDataException("A user of the document is null.");
        }
    }
}
