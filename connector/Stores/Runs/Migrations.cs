using System.Collections.Immutable;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>One step of the schema. A step that was released never changes; a new one is added behind it.</summary>
/// <param name="Version">From 1, without gaps.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Version, string Sql);

/// <summary>The schema of the run store, step by step.</summary>
internal static class Migrations
{
    /// <summary>Marks a SQLite file as a store of this product: "PROV".</summary>
    public const int ApplicationId = 0x50524F56;

    public const string Ledger = "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)";

    public static ImmutableArray<Migration> All { get; } =
    [
        new(1, """
            CREATE TABLE runs (
              no INTEGER PRIMARY KEY,
              run_id TEXT NOT NULL UNIQUE,
              tenant_id TEXT NOT NULL,
              plan_id TEXT NOT NULL,
              started_at TEXT NOT NULL,
              ended_at TEXT,
              outcome TEXT NOT NULL,
              complete INTEGER NOT NULL DEFAULT 0,
              head BLOB NOT NULL
            );
            CREATE INDEX runs_started ON runs (started_at, no);

            CREATE TABLE run_users (
              run INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
              ordinal INTEGER NOT NULL,
              uid TEXT,
              situation TEXT NOT NULL,
              outcome TEXT,
              body BLOB NOT NULL,
              result BLOB,
              PRIMARY KEY (run, ordinal)
            );
            CREATE INDEX run_users_uid ON run_users (uid, run);

            CREATE TABLE operations (
              no INTEGER PRIMARY KEY AUTOINCREMENT,
              run INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
              uid TEXT NOT NULL,
              position INTEGER NOT NULL,
              intent_at TEXT,
              intent BLOB,
              outcome TEXT,
              result BLOB
            );
            CREATE INDEX operations_user ON operations (run, uid, position, no);

            CREATE TABLE applied_plans (plan_id TEXT PRIMARY KEY, run_id TEXT NOT NULL, applied_at TEXT NOT NULL);
            CREATE TABLE keys (name TEXT PRIMARY KEY, proof BLOB NOT NULL, made_at TEXT NOT NULL);
            CREATE TABLE notes (name TEXT PRIMARY KEY, text TEXT NOT NULL, written_at TEXT NOT NULL);
            """),
        new(2, """
            CREATE TABLE state_tenants (no INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL UNIQUE, audit_read_at INTEGER);
            CREATE TABLE verified_states (
              tenant INTEGER NOT NULL REFERENCES state_tenants (no) ON DELETE CASCADE,
              uid TEXT NOT NULL,
              settled INTEGER NOT NULL,
              row_digest BLOB NOT NULL,
              rules_digest BLOB NOT NULL,
              presence INTEGER NOT NULL,
              verified_at INTEGER NOT NULL,
              own_from INTEGER,
              own_until INTEGER,
              parts BLOB NOT NULL,
              touched_at INTEGER,
              doubted_at INTEGER,
              doubt INTEGER,
              PRIMARY KEY (tenant, uid)
            ) WITHOUT ROWID;
            """),
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Newest => All[^1].Version;
}
