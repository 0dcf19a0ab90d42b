using ProvisioningConnector.Sandbox.Seed;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>The state between runs.</summary>
internal sealed class StateFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly SandboxTenant _tenant;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _saving = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _dirty = new(0, 1);
    private readonly Task _loop;
    private volatile bool _changed = true;

    public StateFile(string path, SandboxTenant tenant, TimeProvider time)
    {
        (_path, _tenant, _time) = (Path.GetFullPath(path), tenant, time);
        tenant.Changed = Mark;
        _loop = LoopAsync();
    }

    /// <summary>The saved state, or null when there is none yet.</summary>
    public static async Task<SandboxSeed?> ReadAsync(string path, CancellationToken cancellation) =>
        File.Exists(path) ? SeedReader.Parse(await File.ReadAllBytesAsync(path, cancellation), $"sandbox state '{path}'") : null;

    public async Task SaveAsync(CancellationToken cancellation)
    {
        await _saving.WaitAsync(cancellation);
        try
        {
            if (!_changed) return;
            _changed = false;
            string? folder = Path.GetDirectoryName(_path);
            if (!string.IsNullOrEmpty(folder)) Directory.CreateDirectory(folder);
            string draft = _path + ".new";
            FileStreamOptions options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.Delete(draft);
            await using (FileStream file = new FileStream(draft, options))
            {
                await SeedWriter.WriteAsync(_tenant, file, cancellation);
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, _path, overwrite: true);
        }
        catch
        {
            // Cut short, perhaps because we are being disposed of: what was not written is still to be written.
            _changed = true;
            throw;
        }
        finally
        {
            _saving.Release();
        }
    }

    private void Mark()
    {
        _changed = true;
        if (_dirty.CurrentCount == 0)
            lock (_dirty)
                if (_dirty.CurrentCount == 0) _dirty.Release();
    }

    // A tenth of a second of changes is written together; a large state, which takes long, less often.
    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                await _dirty.WaitAsync(_stop.Token);
                await Task.Delay(TimeSpan.FromMilliseconds(100), _time, _stop.Token);
                long begun = _time.GetTimestamp();
                await SaveAsync(_stop.Token);
                await Task.Delay(_time.GetElapsedTime(begun) * 5, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposal saves once more.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await SaveAsync(CancellationToken.None);
        _tenant.Changed = static () => { };
        _stop.Dispose();
        _saving.Dispose();
        _dirty.Dispose();
    }
}
