namespace ProvisioningConnector.Stores.Tests.Sqlite;

/// <summary>A directory that goes away with the test; the same one for all threads of it.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly Lock _making = new();
    private DirectoryInfo? _directory;

    public string Directory
    {
        get
        {
            lock (_making) return (_directory ??= System.IO.Directory.CreateTempSubdirectory("stores-")).FullName;
        }
    }

    /// <summary>Where the store of the test is.</summary>
    public string Path => System.IO.Path.Combine(Directory, "provision.db");

    /// <summary>The same in a new directory.</summary>
    public string Fresh()
    {
        Dispose();
        return Path;
    }

    public string PathOf(string name) => System.IO.Path.Combine(Directory, name);

    public void Dispose()
    {
        _directory?.Delete(recursive: true);
        _directory = null;
    }
}
