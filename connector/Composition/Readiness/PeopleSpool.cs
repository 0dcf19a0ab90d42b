using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Composition.Readiness;

/// <summary>
/// The people of one tenant in a temporary file (mode 600), so that memory stays flat and reports can read them again. The file is encrypted
/// with a key that only this process has, and gone when it is disposed.
/// </summary>
internal sealed class PeopleSpool : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"provision-{Guid.NewGuid():N}");
    private readonly Aes _key = Aes.Create();
    private readonly ArrayBufferWriter<byte> _line = new();
    private CryptoStream? _writing;

    public PeopleSpool() => _writing = Encrypting();

    public async ValueTask AddAsync(PersonEntry person, CancellationToken cancellation)
    {
        CryptoStream writing = _writing ?? throw new InvalidOperationException("The spool is complete.");
        _line.ResetWrittenCount();
        ReadinessJson.Write(person, _line);
        _line.Write("\n"u8);
        await writing.WriteAsync(_line.WrittenMemory, cancellation);
    }

    /// <summary>Ends writing; people can be read from here on.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellation)
    {
        if (_writing is null) return;
        await _writing.FlushFinalBlockAsync(cancellation);
        await _writing.DisposeAsync();
        _writing = null;
    }

    /// <summary>All people, in the order in which they were added.</summary>
    public async IAsyncEnumerable<PersonEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using FileStream file = new(_path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.Asynchronous);
        await using CryptoStream plain = new(file, _key.CreateDecryptor(), CryptoStreamMode.Read);
        using StreamReader reader = new(plain, bufferSize: BufferSize);
        while (await reader.ReadLineAsync(cancellation) is { } line) yield return ReadinessJson.Read(System.Text.Encoding.UTF8.GetBytes(line));
    }

    public async ValueTask DisposeAsync()
    {
        if (_writing is not null) await _writing.DisposeAsync();
        File.Delete(_path);
        _key.Dispose();
    }

    private CryptoStream Encrypting()
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, Options = FileOptions.Asynchronous, BufferSize = BufferSize,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new CryptoStream(new FileStream(_path, options), _key.CreateEncryptor(), CryptoStreamMode.Write);
    }
}
