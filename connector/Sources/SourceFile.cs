using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Csv;
using ProvisioningConnector.Sources.Json;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Sql;
using ProvisioningConnector.Sources.Streams;
using ProvisioningConnector.Sources.Xlsx;

namespace ProvisioningConnector.Sources;

/// <summary>Opens files and standard input as sources (docs/sources.md#formats).</summary>
public static class SourceFile
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    private const int BufferSize = 256 * 1024;

    /// <summary>Opens a source and reads its header.</summary>
    /// <param name="path">A file, or <c>-</c>.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="standardInput">Opened only for <c>-</c>.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="SourceException">The file is missing, unreadable, empty, no text, or its header is wrong.</exception>
    public static async Task<ISource> OpenAsync(string path, SourceOptions options, Func<Stream> standardInput, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(standardInput);
        (RecordReader? records, HashingStream? bytes) = await RecordsAsync(path, options, standardInput, cancellation);
        return new RecordSource(records, bytes, options);
    }

    /// <summary>Opens a file for a second look at its records.</summary>
    internal static Task<OpenedRecords> RecordsAsync(string path, SourceOptions options, CancellationToken cancellation) =>
        path == StandardInput
            ? throw new ArgumentException("Standard input cannot be read twice.", nameof(path))
            : RecordsAsync(path, options, () => Stream.Null, cancellation);

    private static async Task<OpenedRecords> RecordsAsync(string path, SourceOptions options, Func<Stream> standardInput, CancellationToken cancellation)
    {
        SourceFormat format = FormatOf(path, options);
        HashingStream bytes = new HashingStream(path == StandardInput ? standardInput() : OpenFile(path, options));
        try
        {
            return new OpenedRecords(await RecordsAsync(bytes, format, options, cancellation), bytes);
        }
        catch (IOException broken)
        {
            await bytes.DisposeAsync();
            throw new SourceException(FileFaults.Unreadable(new Place(options.Name), broken.Message));
        }
        catch
        {
            await bytes.DisposeAsync();
            throw;
        }
    }

    private static async Task<RecordReader> RecordsAsync(HashingStream bytes, SourceFormat format, SourceOptions options, CancellationToken cancellation) =>
        format switch
        {
            SourceFormat.Csv => await CsvRecords.OpenAsync(new TextStream(bytes, options.Name), options, cancellation),
            SourceFormat.Xlsx => await XlsxRecords.OpenAsync(bytes, options, cancellation),
            SourceFormat.Json => new JsonArrayRecords(new JsonText(new TextStream(bytes, options.Name), options), options),
            SourceFormat.Ndjson => new NdjsonRecords(new JsonText(new TextStream(bytes, options.Name), options), options),
            SourceFormat.Rows => await SqlRecords.OpenAsync(bytes, options, cancellation),
        };

    private static SourceFormat FormatOf(string path, SourceOptions options)
    {
        if (options.Format is { } given) return given;
        if (path == StandardInput) throw new SourceException(FileFaults.FormatNeeded(new Place(options.Name)));
        if (SourceFormats.TryOfPath(path, out SourceFormat format)) return format;
        Place place = new Place(options.Name);
        throw new SourceException(Directory.Exists(path) ? FileFaults.Directory(place) : !File.Exists(path)
            ? FileFaults.Missing(place) : FileFaults.UnknownFormat(place));
    }

    private static FileStream OpenFile(string path, SourceOptions options)
    {
        Place place = new Place(options.Name);
        try
        {
            return Directory.Exists(path)
                ? throw new SourceException(FileFaults.Directory(place))
                : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete,
                    BufferSize, FileOptions.SequentialScan | FileOptions.Asynchronous);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SourceException(FileFaults.Missing(place));
        }
        catch (UnauthorizedAccessException)
        {
            throw new SourceException(FileFaults.Unreadable(place, "access is denied."));
        }
        catch (IOException broken)
        {
            throw new SourceException(FileFaults.Unreadable(place, broken.Message));
        }
    }
}
