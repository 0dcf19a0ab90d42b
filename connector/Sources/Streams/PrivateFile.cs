namespace ProvisioningConnector.Sources.Streams;

/// <summary>
/// A file that holds full phone numbers: readable by its owner alone (mode 600), and there under its name only when it
/// is complete. Without <see cref="CommitAsync"/> nothing is left.
/// </summary>
public sealed class PrivateFile : IAsyncDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly string _draft;
    private bool _committed;

    private PrivateFile(string path, string draft, FileStream content) => (_path, _draft, Content) = (path, draft, content);

    /// <summary>What is written.</summary>
    public Stream Content { get; }

    /// <summary>Begins a file that replaces the one of that name, if any.</summary>
    /// <exception cref="IOException">The folder is missing or full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static PrivateFile Create(string path)
    {
        string draft = $"{path}.{Guid.NewGuid():N}.partial";
        FileStreamOptions options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write,
            Share = FileShare.None, Options = FileOptions.Asynchronous
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        return new PrivateFile(path, draft, new FileStream(draft, options));
    }

    /// <summary>Puts the complete file in its place.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await Content.FlushAsync(cancellation);
        await Content.DisposeAsync();
        File.Move(_draft, _path, overwrite: true);
        _committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Content.DisposeAsync();
        if (!_committed) File.Delete(_draft);
    }
}

/// <summary>
/// Content kept in a temporary file (mode 600, gone when disposed): standard input, for what reads a source twice (<see cref="RejectsFile"/>),
/// and what is read in another order than it comes.
/// </summary>
public sealed class PrivateCopy : IAsyncDisposable
{
    private PrivateCopy(string path) => Path = path;

    /// <summary>The copy; opened like any source, with the format said.</summary>
    public string Path { get; }

    /// <summary>Copies to the end.</summary>
    public static Task<PrivateCopy> OfAsync(Stream input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        return WriteAsync(input.CopyToAsync, cancellation);
    }

    /// <summary>Keeps what is written; nothing is left when writing fails.</summary>
    internal static async Task<PrivateCopy> WriteAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"provision-{Guid.NewGuid():N}");
        await using PrivateFile file = PrivateFile.Create(path);
        await write(file.Content, cancellation);
        await file.CommitAsync(cancellation);
        return new PrivateCopy(path);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(Path);
        return ValueTask.CompletedTask;
    }
}
