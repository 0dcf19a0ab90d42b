using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Sources.Csv;
using ProvisioningConnector.Sources.Json;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources;

/// <summary>
/// Bad rows for the source's owner (<c>--rejects</c>): the rows as they were, each with its reason in
/// <c>rejectReason</c>, which reading ignores; so the file is corrected and used as a source. A second pass over the
/// source, since reasons are known only when all rows are planned. CSV for CSV and XLSX, NDJSON for JSON.
/// </summary>
public static class RejectsFile
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the rows that have a reason.</summary>
    /// <param name="source">The path that the rows came from; not standard input (see <see cref="PrivateCopy"/>).</param>
    /// <param name="options">As in the first pass.</param>
    /// <param name="sha256">The digest of the first pass; a file that changed since is refused, since its rows may be others.</param>
    /// <param name="path">The file to write, mode 600.</param>
    /// <param name="reason">Why the row of an ordinal was refused; null when it was not.</param>
    /// <param name="cancellation">Ends the writing; nothing is left then.</param>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="SourceException">The source cannot be read again.</exception>
    public static async Task<long> WriteAsync(string source, SourceOptions options, string sha256,
        string path, Func<long, string?> reason, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(reason);
        await using OpenedRecords opened = await SourceFile.RecordsAsync(source, options, cancellation);
        await using PrivateFile file = PrivateFile.Create(path);
        long written = await WriteAsync(opened.Records, file.Content, reason, cancellation);
        await opened.Bytes.DrainAsync(cancellation);
        if (opened.Bytes.Sha256 != sha256) throw new SourceException(FileFaults.Changed(new Place(options.Name)));
        await file.CommitAsync(cancellation);
        return written;
    }

    private static async Task<long> WriteAsync(RecordReader records, Stream output, Func<long, string?> reason, CancellationToken cancellation)
    {
        // The mark at the beginning is for spreadsheets, which take other text for something else than UTF-8.
        bool json = records is JsonRecords;
        await using StreamWriter text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: !json), leaveOpen: true);
        if (!json) await text.WriteAsync(Line(SourceColumn.RejectReason.Name(), records, records.ColumnNames).AsMemory(), cancellation);
        long written = 0L;
        for (long ordinal = 0L; await records.ReadAsync(cancellation); ordinal++)
        {
            if (reason(ordinal) is not { } why) continue;
            ImmutableArray<string> record = records.RawFields();
            await text.WriteAsync((json ? JsonLine(why, record[0]) : Line(why, records, record)).AsMemory(), cancellation);
            written++;
        }

        return written;
    }

    // The reason comes first: a row with too many fields still has it in its column. A former reason gives way.
    private static string Line(string reason, RecordReader records, ImmutableArray<string> fields)
    {
        int former = records.ColumnNames.ToList().FindIndex(name => LooseNames.Same(name, SourceColumn.RejectReason.Name()));
        IEnumerable<string> kept = fields.Where((_, index) => index != former).Select(SpreadsheetText.MarkUnlessPhones);
        return CsvLine.Format([SpreadsheetText.Mark(reason), .. kept], records.Delimiter);
    }

    private static string JsonLine(string reason, string record)
    {
        using JsonDocument document = JsonDocument.Parse(record);
        using MemoryStream line = new MemoryStream();
        using (Utf8JsonWriter json = new Utf8JsonWriter(line, Plain))
        {
            json.WriteStartObject();
            json.WriteString(SourceColumn.RejectReason.Name(), reason);
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (!LooseNames.Same(property.Name, SourceColumn.RejectReason.Name())) property.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length) + "\n";
    }
}
