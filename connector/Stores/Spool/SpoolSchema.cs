namespace ProvisioningConnector.Stores.Spool;

/// <summary>The scratch database of one plan. It lives as long as its plan, so it has no versions.</summary>
internal static class SpoolSchema
{
    /// <summary>The usual cache, 16 MB: more only copies what the system keeps of the file anyway.</summary>
    public const string Cache = "PRAGMA cache_size = -16384;";

    /// <summary>While SQLite sorts, which takes as much memory again as the cache may have.</summary>
    public const string SmallCache = "PRAGMA cache_size = -4096;";

    /// <summary>
    /// One connection, nothing to survive a crash, a bounded cache. No journal: in memory it would hold every page that a transaction touches, and
    /// after problems the whole plan is made anew. Without one the file may be unlinked while it is open.
    /// </summary>
    public const string Settings = """
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA page_size = 8192;
        """ + Cache;

    /// <summary>
    /// rows: key, mobile and alternate are keyed digests of 16 bytes; body is dropped when the row is planned as equal.
    /// matches: which user answers to which key. plans: everybody who is not equal.
    /// </summary>
    public const string Tables = """
        CREATE TABLE rows (ordinal INTEGER PRIMARY KEY, key BLOB, mobile BLOB, alternate BLOB, place BLOB NOT NULL, situation INTEGER, body BLOB);
        CREATE TABLE users (no INTEGER PRIMARY KEY, uid BLOB NOT NULL UNIQUE, body BLOB NOT NULL);
        CREATE TABLE matches (key BLOB NOT NULL, user INTEGER NOT NULL, PRIMARY KEY (key, user)) WITHOUT ROWID;
        CREATE TABLE plans (ordinal INTEGER PRIMARY KEY, body BLOB NOT NULL);
        """;

    /// <summary>Made after the rows are in: sorting once costs a tenth of a million random insertions.</summary>
    public const string Index = SmallCache + "CREATE INDEX IF NOT EXISTS rows_key ON rows (key);" + Cache;

    public const string AddRow =
        "INSERT INTO rows (ordinal, key, mobile, alternate, place, body) VALUES ($ordinal, $key, $mobile, $alternate, $place, $body)";

    /// <summary>The positions, in one blob of digests of 16 bytes each, of those that are keys of rows.</summary>
    public const string KnownKeys = """
        WITH RECURSIVE slot (at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM slot WHERE at + 1 < $count)
        SELECT at FROM slot WHERE EXISTS (SELECT 1 FROM rows WHERE key = substr($keys, at * 16 + 1, 16))
        """;

    public const string AddUser = "INSERT INTO users (no, uid, body) VALUES ($no, $uid, $body) ON CONFLICT (uid) DO NOTHING";

    public const string FindUser = "SELECT no FROM users WHERE uid = $uid";

    public const string AddMatch = "INSERT INTO matches (key, user) VALUES ($key, $user) ON CONFLICT DO NOTHING";

    public const string DistinctKeys = """
        SELECT r.ordinal, r.body FROM rows r
        WHERE r.ordinal > $after AND r.key IS NOT NULL AND r.body IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM rows e WHERE e.key = r.key AND e.ordinal < r.ordinal)
        ORDER BY r.ordinal LIMIT $page
        """;

    public const string Planned = "SELECT ordinal, body FROM plans WHERE ordinal > $after ORDER BY ordinal LIMIT $page";

    public const string MarkPlanned = "UPDATE rows SET situation = $situation WHERE ordinal = $ordinal";

    public const string MarkEqual = "UPDATE rows SET situation = $situation, body = NULL WHERE ordinal = $ordinal";

    public const string SavePlan = "INSERT INTO plans (ordinal, body) VALUES ($ordinal, $body) ON CONFLICT (ordinal) DO UPDATE SET body = excluded.body";

    public const string DropPlan = "DELETE FROM plans WHERE ordinal = $ordinal";
}
