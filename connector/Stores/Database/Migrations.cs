using System.Collections.Immutable;

namespace ProvisioningConnector.Stores.Database;

/// <summary>One step of the schema. A step that was released never changes; a new one is added behind it.</summary>
/// <param name="Version">From <see cref="Migrations.Oldest"/>, without gaps.</param>
/// <param name="Sql">What it does.</param>
internal sealed record Migration(int Version, string Sql);

/// <summary>
/// The schema of the run store, step by step, for all databases: written with SQLite's types, of which INTEGER, TEXT, BLOB,
/// INTEGER PRIMARY KEY, AUTOINCREMENT and WITHOUT ROWID are put into the words of the others (<see cref="Database.StoreDatabase.Schema"/>).
/// What names people or numbers is sealed (<see cref="Sealing.ValueEncryption"/>) and so a BLOB; a look-up key is a keyed digest.
/// </summary>
internal static class Migrations
{
    /// <summary>The first version that is still read; those before kept values in clear.</summary>
    public const int Oldest = 3;

    public const string AppliedPlanWriter = "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)";

    public static ImmutableArray<Migration> All { get; } =
    [
        new(Oldest, """
            CREATE TABLE runs (
              no INTEGER PRIMARY KEY AUTOINCREMENT,
              run_id TEXT NOT NULL UNIQUE,
              tenant_id TEXT NOT NULL,
              plan_id TEXT NOT NULL,
              started_at TEXT NOT NULL,
              ended_at TEXT,
              outcome TEXT NOT NULL,
              complete INTEGER NOT NULL DEFAULT 0,
              pruned_at TEXT,
              head BLOB NOT NULL
            );
            CREATE INDEX runs_started ON runs (started_at, no);
            CREATE INDEX runs_tenant ON runs (tenant_id, started_at);

            CREATE TABLE run_users (
              run INTEGER NOT NULL REFERENCES runs (no) ON DELETE CASCADE,
              ordinal INTEGER NOT NULL,
              uid BLOB,
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
              uid BLOB NOT NULL,
              position INTEGER NOT NULL,
              intent_at TEXT,
              intent BLOB,
              outcome TEXT,
              result BLOB
            );
            CREATE INDEX operations_user ON operations (run, uid, position, no);

            CREATE TABLE applied_plans (plan_id TEXT PRIMARY KEY, run_id TEXT NOT NULL, applied_at TEXT NOT NULL);
            CREATE TABLE keys (name TEXT PRIMARY KEY, proof BLOB NOT NULL, made_at TEXT NOT NULL, is_current INTEGER NOT NULL DEFAULT 0);
            CREATE TABLE notes (name TEXT PRIMARY KEY, text BLOB NOT NULL, written_at TEXT NOT NULL);
            """),
        new(4, """
            CREATE TABLE state_tenants (no INTEGER PRIMARY KEY AUTOINCREMENT, tenant_id TEXT NOT NULL UNIQUE, audit_read_at INTEGER);
            CREATE TABLE verified_states (
              tenant INTEGER NOT NULL REFERENCES state_tenants (no) ON DELETE CASCADE,
              uid BLOB NOT NULL,
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
        new(5, """
            CREATE TABLE tenant_leases (
              tenant_id TEXT PRIMARY KEY,
              epoch INTEGER NOT NULL,
              beat INTEGER NOT NULL,
              released INTEGER NOT NULL,
              body BLOB NOT NULL
            );
            CREATE TABLE user_locks (
              tenant_id TEXT NOT NULL,
              uid BLOB NOT NULL,
              holder TEXT NOT NULL,
              epoch INTEGER,
              until TEXT NOT NULL,
              PRIMARY KEY (tenant_id, uid)
            );
            ALTER TABLE runs ADD COLUMN lease_epoch INTEGER NOT NULL DEFAULT 0;
            """),
        new(6, """
            CREATE TABLE audit (number INTEGER NOT NULL, previous BLOB NOT NULL, mac BLOB NOT NULL, body BLOB NOT NULL, PRIMARY KEY (number));
            CREATE TABLE approvals (no INTEGER PRIMARY KEY AUTOINCREMENT, approval_id TEXT NOT NULL UNIQUE, plan_id TEXT NOT NULL, body BLOB NOT NULL);
            CREATE INDEX approvals_plan ON approvals (plan_id, no);
            CREATE TABLE user_names (
              name BLOB NOT NULL,
              run INTEGER NOT NULL,
              ordinal INTEGER NOT NULL,
              PRIMARY KEY (name, run, ordinal),
              FOREIGN KEY (run, ordinal) REFERENCES run_users (run, ordinal) ON DELETE CASCADE
            ) WITHOUT ROWID;
            CREATE INDEX user_names_user ON user_names (run, ordinal);
            """),
        new(7, """
            ALTER TABLE runs ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX runs_kind ON runs (kind, outcome);
            CREATE TABLE window_writes (
              tenant_id TEXT NOT NULL,
              step INTEGER NOT NULL,
              actor BLOB NOT NULL,
              adds INTEGER NOT NULL,
              updates INTEGER NOT NULL,
              deletes INTEGER NOT NULL,
              last_phones INTEGER NOT NULL,
              PRIMARY KEY (tenant_id, step, actor)
            ) WITHOUT ROWID;
            CREATE TABLE window_openings (
              opening_id TEXT PRIMARY KEY,
              tenant_id TEXT NOT NULL,
              until TEXT NOT NULL,
              used INTEGER NOT NULL DEFAULT 0,
              body BLOB NOT NULL
            );
            CREATE INDEX window_openings_tenant ON window_openings (tenant_id, until);
            """),
        new(8, "CREATE TABLE api_keys (no INTEGER PRIMARY KEY AUTOINCREMENT, key_id TEXT NOT NULL UNIQUE, body BLOB NOT NULL);"),
        new(9, """
            ALTER TABLE verified_states ADD COLUMN basis BLOB;
            ALTER TABLE verified_states ADD COLUMN attempted INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE source_names (
              tenant INTEGER NOT NULL REFERENCES state_tenants (no) ON DELETE CASCADE,
              name BLOB NOT NULL,
              uid BLOB NOT NULL,
              PRIMARY KEY (tenant, name)
            ) WITHOUT ROWID;
            """),
        new(10, """
            CREATE TABLE request_keys (name TEXT PRIMARY KEY, until TEXT NOT NULL, body BLOB NOT NULL);
            CREATE INDEX request_keys_until ON request_keys (until);
            """),
        new(11, "ALTER TABLE keys ADD COLUMN wrapped BLOB;"),
        new(12, """
            ALTER TABLE user_locks ADD COLUMN host TEXT;
            ALTER TABLE user_locks ADD COLUMN boot TEXT;
            ALTER TABLE user_locks ADD COLUMN process_id INTEGER;
            ALTER TABLE user_locks ADD COLUMN process_start TEXT;
            ALTER TABLE user_locks ADD COLUMN request_timeout INTEGER;
            """),
        new(13, "ALTER TABLE verified_states ADD COLUMN held BLOB;"),
        new(14, """
            CREATE TABLE analyses (
              analysis_id TEXT PRIMARY KEY,
              made_at TEXT NOT NULL,
              until TEXT NOT NULL,
              complete INTEGER NOT NULL,
              body BLOB NOT NULL
            );
            CREATE INDEX analyses_until ON analyses (until);
            CREATE TABLE analysis_pages (
              analysis_id TEXT NOT NULL,
              page INTEGER NOT NULL,
              body BLOB NOT NULL,
              PRIMARY KEY (analysis_id, page)
            ) WITHOUT ROWID;
            """),
    ];

    /// <summary>The version that this program writes.</summary>
    public static int Newest => All[^1].Version;
}
