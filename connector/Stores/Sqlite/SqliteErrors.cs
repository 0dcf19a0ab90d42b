using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Stores.Sqlite;

/// <summary>The one table of what SQLite's result codes mean for a person. SQLite's own text
/// names tables and files, never values, so it may be quoted.</summary>
internal static class SqliteErrors
{
    public static StoreException Map(SqliteException error, string place) => error.SqliteErrorCode switch
    {
        5 or 6 => new(StoreProblem.Locked, $"The store {place} is locked by another process.",
            "Wait until the other run has ended, or find out which process has the file open, and try again.", error),
        8 => new(StoreProblem.ReadOnly, $"The store {place} cannot be written.",
            "Give this account the right to write the file and its directory, or point Store:ConnectionString elsewhere.", error),
        10 => new(StoreProblem.Unavailable, $"The disk under the store {place} reports an error ({error.SqliteExtendedErrorCode}).",
            "Check the disk and the mount. Nothing is written to a tenant while the store cannot be written.", error),
        11 => new(StoreProblem.Damaged, $"The store {place} is damaged: {error.Message}",
            "Stop, keep the file and its -wal for examination, and restore the store from its last backup.", error),
        13 => new(StoreProblem.Full, $"No disk space is left for the store {place}.",
            "Free space on its disk (or raise its quota) and continue with 'resume'; everything recorded before is safe.", error),
        14 => new(StoreProblem.Unavailable, $"The store {place} cannot be opened.",
            "Check that the path is right, that its directory exists and that this account may use both.", error),
        26 => new(StoreProblem.Foreign, $"The file {place} is not a store: it is not an SQLite database.",
            "Check Store:ConnectionString. If this is the right file, it is damaged: restore it from its last backup.", error),
        _ => new(StoreProblem.Unavailable, $"The store {place} failed: {error.Message}",
            "Check the disk and the file; restore the store from its last backup if it is broken.", error),
    };
}
