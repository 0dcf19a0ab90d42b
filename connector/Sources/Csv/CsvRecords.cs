using System.Collections.Immutable;
using System.Text;
using CsvHelper;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources.Csv;

/// <summary>The records of a CSV file. Lenient where nothing can be mistaken, and strict where a record's end or a column could be.</summary>
internal sealed class CsvRecords : RecordReader
{
    // Enough for every sensible header; a longer one is still read, only its delimiter is judged by this much.
    private const int HeaderLook = 64 * 1024;

    private readonly CsvReader _csv;
    private readonly SourceHeader _header;
    private readonly SourceOptions _options;
    private readonly Malformations _malformed;
    private readonly char _delimiter;

    private CsvRecords(CsvReader csv, SourceHeader header, SourceOptions options, Malformations malformed, char delimiter) =>
        (_csv, _header, _options, _malformed, _delimiter) = (csv, header, options, malformed, delimiter);

    public override ImmutableArray<string> ColumnNames => _header.Names;

    public override char Delimiter => _delimiter;

    /// <summary>Reads the header.</summary>
    /// <param name="text">Checked text; belongs to the reader from now on.</param>
    /// <param name="options">How to read.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task<CsvRecords> OpenAsync(Stream text, SourceOptions options, CancellationToken cancellation)
    {
        byte[] start = new byte[HeaderLook];
        int count = await text.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        char delimiter = CsvDelimiter.Detect(start.AsSpan(0, count), options);
        CsvRecords.Malformations malformed = new Malformations();
        CsvReader csv = CsvReader.Create(new PrefixedStream(start.AsMemory(0, count), text), OptionsOf(delimiter, options, malformed), leaveOpen: false);
        try
        {
            return await NextAsync(csv, malformed, options, cancellation) && (!IsHint(csv) || await NextAsync(csv, malformed, options, cancellation))
                ? new CsvRecords(csv, Header(csv, options), options, malformed, delimiter)
                : throw new SourceException(FileFaults.HeaderMissing(new Place(options.Name)));
        }
        catch
        {
            await csv.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellation)
    {
        do
        {
            if (!await NextAsync(_csv, _malformed, _options, cancellation)) return false;
        }
        while (IsBlank());

        Begin(_csv.LineNumber);
        for (int index = 0; index < _header.Count; index++)
        {
            if (_csv.IsEmpty(index)) continue;
            if (_header[index] is { } column) Set(column, Cell.Parse(SpreadsheetText.Unmark(_csv.GetString(index))));
            else if (_header.IsNameless(index) && !string.IsNullOrWhiteSpace(_csv.GetString(index))) Add(RowFaults.NamelessValue(Here, index + 1));
        }

        if (_csv.FieldCount != _header.Count) Add(RowFaults.FieldCount(Here, _csv.FieldCount, _header.Count, _delimiter));
        if (_malformed.StrayQuote) Add(RowFaults.StrayQuote(Here));
        return true;
    }

    public override ImmutableArray<string> RawFields() => [.. Fields(_csv).Select(SpreadsheetText.Unmark)];

    public override ValueTask DisposeAsync() => _csv.DisposeAsync();

    private Place Here => new(_options.Name, Row);

    // A line of delimiters alone, as spreadsheets leave below the list.
    private bool IsBlank()
    {
        for (int index = 0; index < _csv.FieldCount; index++)
        {
            if (!_csv.IsEmpty(index) && _csv.GetSpan(index).ContainsAnyExcept(" \t"u8)) return false;
        }

        return true;
    }

    // Lines that programs write before the header are reported as what they are.
    private static SourceHeader Header(CsvReader csv, SourceOptions options)
    {
        ImmutableArray<string> names = Fields(csv);
        string first = InvisibleCharacters.Trim(names.IsEmpty ? "" : names[0]);
        if (first.StartsWith("#TYPE",
            StringComparison.OrdinalIgnoreCase)) throw new SourceException(FileFaults.TypeLine(new Place(options.Name, csv.LineNumber)));
        if (first.StartsWith("sep=",
            StringComparison.OrdinalIgnoreCase)) throw new SourceException(FileFaults.DelimiterLine(new Place(options.Name, csv.LineNumber)));
        return SourceHeader.Read(names, options, csv.LineNumber);
    }

    private static bool IsHint(CsvReader csv) => CsvDelimiter.HintOf(Encoding.UTF8.GetString(csv.RawRecord)) is not null;

    private static async ValueTask<bool> NextAsync(CsvReader csv, Malformations malformed, SourceOptions options, CancellationToken cancellation)
    {
        malformed.Clear();
        bool more;
        try
        {
            more = await csv.ReadAsync(cancellation);
        }
        catch (CsvFormatException broken)
        {
            // Quotes are recovered and reported, so that what is left to throw for is the size.
            throw new SourceException(FileFaults.RecordTooLarge(new Place(options.Name, Line(broken.LineNumber)), options.MaxRecordBytes));
        }

        if (malformed.Fatal is { } fatal) throw new SourceException(FileFaults.BrokenQuotes(new Place(options.Name, Line(fatal.LineNumber)),
            malformed.Unclosed));
        if (more && csv.RawRecord.Length > options.MaxRecordBytes)
        {
            throw new SourceException(FileFaults.RecordTooLarge(new Place(options.Name, csv.LineNumber), options.MaxRecordBytes));
        }

        return more;
    }

    private static long? Line(long line) => line > 0 ? line : null;

    private static ImmutableArray<string> Fields(CsvReader csv)
    {
        ImmutableArray<string>.Builder fields = ImmutableArray.CreateBuilder<string>(csv.FieldCount);
        for (int index = 0; index < csv.FieldCount; index++) fields.Add(csv.GetString(index));
        return fields.MoveToImmutable();
    }

    private static CsvReaderOptions OptionsOf(char delimiter, SourceOptions options, Malformations malformed) => CsvReaderOptions.Default with
    {
        Separator = delimiter,
        HasHeader = false,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        TrimWhitespace = true,
        MaxRecordSize = options.MaxRecordBytes,
        MalformedData = CsvMalformedDataHandling.Recover,
        OnMalformedRecord = malformed.Report,
    };

    /// <summary>What the parser reported of the record that it is at.</summary>
    private sealed class Malformations
    {
        public bool StrayQuote { get; private set; }

        public bool Unclosed => Fatal?.Reason == CsvMalformedReason.UnterminatedQuote;

        public CsvMalformedRecord? Fatal { get; private set; }

        public void Clear() => (StrayQuote, Fatal) = (false, null);

        public void Report(CsvMalformedRecord record)
        {
            switch (record.Reason)
            {
                case CsvMalformedReason.StrayQuote:
                    StrayQuote = true;
                    break;
                case CsvMalformedReason.TextAfterClosingQuote or CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.LineBreakInQuotes
                    or CsvMalformedReason.TrailingEscape or CsvMalformedReason.FieldCountMismatch:
                    Fatal = record;
                    break;
            }
        }
    }
}
