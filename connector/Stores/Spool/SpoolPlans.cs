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
    private readonly SqliteCommand _markPlanned = connection.Prepare(SpoolSchema.MarkPlanned, "$situation", "$ordinal");
    private readonly SqliteCommand _markEqual = connection.Prepare(SpoolSchema.MarkEqual, "$situation", "$ordinal");
    private readonly SqliteCommand _save = connection.Prepare(SpoolSchema.SavePlan, "$ordinal", "$body");
    private readonly SqliteCommand _drop = connection.Prepare(SpoolSchema.DropPlan, "$ordinal");

    /// <exception cref="InvalidOperationException">The row was never added.</exception>
    public void Save(PlannedUser user)
    {
        bool equal = user.Plan.Situation == Situation.Equal;
        SqliteCommand mark = equal ? _markEqual : _markPlanned;
        if (mark.With((int)user.Plan.Situation, user.Row.Ordinal).ExecuteNonQuery() == 0)
        {
            throw new InvalidOperationException($"Row {user.Row.Ordinal} was planned but never added.");
        }

        if (equal) _drop.With(user.Row.Ordinal).ExecuteNonQuery();
        else _save.With(user.Row.Ordinal, Body.Write(user)).ExecuteNonQuery();
    }

    public void Dispose()
    {
        _markPlanned.Dispose();
        _markEqual.Dispose();
        _save.Dispose();
        _drop.Dispose();
    }
}
