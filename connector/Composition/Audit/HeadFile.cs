using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Composition.Audit;

/// <summary>
/// The second sink: a file of its own, best on another machine's disk, that holds the chain's head after every run, one JSON
/// line each, mode 600, or 660 of a group's store. One file belongs to one store.
/// </summary>
internal sealed class HeadFile(string path, StoreAccess access)
{
    private const UnixFileMode GroupFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public string Path => path;

    /// <summary>Makes sure that lines can be added.</summary>
    /// <exception cref="IOException">They cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">They cannot.</exception>
    public void Check()
    {
        using FileStream file = Open();
    }

    /// <summary>Adds a head; on disk when it returns.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It could not be written.</exception>
    public void Append(AuditHead head, DateTimeOffset at)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(new HeadLine(at, head.Number, head.Mac), Layout), (byte)'\n'];
        using FileStream file = Open();
        file.Write(line);
        file.Flush(flushToDisk: true);
    }

    /// <summary>All heads, and the lines that are none.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public async Task<(ImmutableArray<AuditHead> Heads, ImmutableArray<long> Unreadable)> ReadAsync(CancellationToken cancellation)
    {
        ImmutableArray<AuditHead>.Builder heads = ImmutableArray.CreateBuilder<AuditHead>();
        ImmutableArray<long>.Builder unreadable = ImmutableArray.CreateBuilder<long>();
        long number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellation))
        {
            number++;
            if (Parse(line) is { } head) heads.Add(head);
            else if (!string.IsNullOrWhiteSpace(line)) unreadable.Add(number);
        }

        return (heads.ToImmutable(), unreadable.ToImmutable());
    }

    private static AuditHead? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<HeadLine>(line, Layout) is { Number: > 0, Mac.Length: > 0 } known ? new AuditHead(known.Number, known.Mac) : null;
        }
        catch (JsonException)
        {
            // Identified by its number.
            return null;
        }
    }

    private FileStream Open()
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        FileStreamOptions options = new() { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        bool isNew = !File.Exists(path);
        FileStream file = new(path, options);
        if (isNew && access == StoreAccess.Group && !OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, GroupFile);
        return file;
    }

    private sealed record HeadLine(DateTimeOffset At, long Number, string Mac);
}
