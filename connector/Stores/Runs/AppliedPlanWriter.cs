using System.Data.Common;
using System.Text;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>What is remembered besides runs: applied plans and notes.</summary>
internal static class AppliedPlanWriter
{
    public static bool Claim(DbConnection connection, string planId, string runId, DateTimeOffset at)
    {
        using DbCommand command = connection.Statement(
            "INSERT INTO applied_plans (plan_id, run_id, applied_at) VALUES (@plan, @run, @at) ON CONFLICT DO NOTHING", "@plan", "@run", "@at")
            .With(planId, runId, Instants.Write(at));
        return command.ExecuteNonQuery() == 1;
    }

    public static bool WriteNote(DbConnection connection, ValueEncryption vault, string name, string text, DateTimeOffset at)
    {
        using DbCommand command = connection.Statement(
            """
            INSERT INTO notes (name, text, written_at) VALUES (@name, @text, @at)
            ON CONFLICT (name) DO UPDATE SET text = excluded.text, written_at = excluded.written_at
            """,
            "@name", "@text", "@at").With(name, vault.Seal(Encoding.UTF8.GetBytes(text), SealedField.OfNote(name)), Instants.Write(at));
        return command.ExecuteNonQuery() == 1;
    }

    /// <summary>Inside a transaction that keeps other writers of notes away.</summary>
    public static void ChangeNote(DbConnection connection, ValueEncryption vault, string name, Func<string?, string> change, DateTimeOffset at)
    {
        using DbCommand command = connection.Statement("SELECT text FROM notes WHERE name = @name", "@name").With(name);
        string? before = command.ExecuteScalar() is byte[] text ? Encoding.UTF8.GetString(vault.Open(text, SealedField.OfNote(name))) : null;
        WriteNote(connection, vault, name, change(before), at);
    }
}
