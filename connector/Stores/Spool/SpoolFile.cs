using System.Globalization;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Spool;

/// <summary>
/// A scratch database in a directory of its own (mode 700). Where the system allows it, the file loses its name as soon as
/// it is open: whatever ends the process, nothing of the source stays on the disk.
/// </summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly string _directory;

    private SpoolFile(string directory, SqliteConnection connection) => (_directory, Connection) = (directory, connection);

    public SqliteConnection Connection { get; }

    /// <param name="parent">Where to put it; null for the system's directory for temporary files.</param>
    /// <exception cref="StoreException">It cannot be made there.</exception>
    public static SpoolFile Create(string? parent)
    {
        SqliteLibrary.Load();
        string place = parent is null ? Path.GetTempPath() : Path.GetFullPath(parent);
        string directory = Path.Combine(place, string.Create(CultureInfo.InvariantCulture, $"provision-{Guid.NewGuid():N}"));
        string path = Path.Combine(directory, "spool.db");
        SqliteConnection? connection = null;
        try
        {
            PrivateFiles.OfOwner.MakeDirectoryOf(path);
            PrivateFiles.OfOwner.Ensure(path);
            connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
            connection.Open();
            connection.Run(SpoolSchema.Settings);
            connection.Run(SpoolSchema.Tables);
            if (!OperatingSystem.IsWindows()) Directory.Delete(directory, recursive: true);
            return new SpoolFile(directory, connection);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or SqliteException)
        {
            connection?.Dispose();
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
            throw new StoreException(StoreProblem.Unavailable, $"A plan needs a scratch file, and none can be made in {place}: {error.Message}",
                "Free space there or set TMPDIR to a directory that this account may write to.", error);
        }
    }

    /// <summary>Problems while the spool is in use; its place has no name any more.</summary>
    public static StoreException Problem(SqliteException error) => error.SqliteErrorCode == 13
        ? new StoreException(StoreProblem.Full, "No disk space is left for the plan's scratch file.",
            "Free space in the directory for temporary files, or set TMPDIR to a larger one, and start again. Nothing was written to the tenant.", error)
        : SqliteErrors.Map(error, "(the plan's scratch file)");

    public void Dispose()
    {
        Connection.Dispose();
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }
}
