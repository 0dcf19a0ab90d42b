namespace ProvisioningConnector.Sources.Streams;

/// <summary>
/// Standard input kept in a file (mode 600, gone when disposed), for what reads a source twice (<see cref="RejectsFile"/>).
/// </summary>
public sealed class PrivateCopy : IAsyncDisposable
{
    private PrivateCopy(string path) => Path = path;

    /// <summary>The copy; opened like any source, with the format said.</summary>
    public string Path { get; }

    /// <summary>Copies to the end.</summary>
    public static async Task<PrivateCopy> OfAsync(Stream input, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"provision-{Guid.NewGuid():N}");
        await using var file = PrivateFile.Create(path);
        await input.CopyToAsync(file.Content, cancellation);
        await file.CommitAsync(cancellation);
        return new PrivateCopy(path);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(Path);
        return ValueTask.CompletedTask;
    }
}
