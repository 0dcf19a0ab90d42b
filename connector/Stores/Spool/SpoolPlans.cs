using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Spool;

/// <summary>Phase 3: plans. A row that is equal gives up its body; everybody else's lies in a table of its own.</summary>
internal sealed class SpoolPlans(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand markPlanned = connection.Prepare(SpoolSchema.MarkPlanned, "$situation", "$ordinal");
    private readonly SqliteCommand markEqual = connection.Prepare(SpoolSchema.MarkEqual, "$situation", "$ordinal");
    private readonly SqliteCommand save = connection.Prepare(SpoolSchema.SavePlan, "$ordinal", "$body");
    private readonly SqliteCommand drop = connection.Prepare(SpoolSchema.DropPlan, "$ordinal");

    /// <exception cref="InvalidOperationException">The row was never added.</exception>
    public void Save(PlannedUser user)
    {
        bool equal = user.Plan.Situation == Situation.Equal;
        SqliteCommand mark = equal ? markEqual : markPlanned;
        if (mark.With((int)user.Plan.Situation, user.Row.Ordinal).ExecuteNonQuery() == 0)
        {
            throw new InvalidOperationException($"Row {user.Row.Ordinal} was planned but never added.");
        }

        if (equal) drop.With(user.Row.Ordinal).ExecuteNonQuery();
        else save.With(user.Row.Ordinal, Body.Write(user)).ExecuteNonQuery();
    }

    public void Dispose()
    {
        markPlanned.Dispose();
        markEqual.Dispose();
        save.Dispose();
        drop.Dispose();
    }
}
