using Microsoft.Data.Sqlite;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>What is remembered besides runs: applied plans and notes.</summary>
internal static class Ledger
{
    public static bool Claim(SqliteConnection connection, string planId, string runId, DateTimeOffset at)
    {
        using SqliteCommand command = connection.Prepare(
            "INSERT INTO applied_plans (plan_id, run_id, applied_at) VALUES ($plan, $run, $at) ON CONFLICT DO NOTHING", "$plan", "$run", "$at")
            .With(planId, runId, Instants.Write(at));
        return command.ExecuteNonQuery() == 1;
    }

    public static string? ReadNote(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.Prepare("SELECT text FROM notes WHERE name = $name", "$name").With(name);
        return command.ExecuteScalar() as string;
    }

    public static bool WriteNote(SqliteConnection connection, string name, string text, DateTimeOffset at)
    {
        using SqliteCommand command = connection.Prepare(
            """
            INSERT INTO notes (name, text, written_at) VALUES ($name, $text, $at)
            ON CONFLICT (name) DO UPDATE SET text = excluded.text, written_at = excluded.written_at
            """,
            "$name", "$text", "$at").With(name, text, Instants.Write(at));
        return command.ExecuteNonQuery() == 1;
    }
}
