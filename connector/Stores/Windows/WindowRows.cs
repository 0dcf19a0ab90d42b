using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using ProvisioningConnector.Engine.Guardrails;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Windows;

/// <summary>
/// The tables <c>window_writes</c> (one row per tenant, minute and actor) and <c>window_openings</c>. Called inside a transaction, after
/// <see cref="Claim"/> where something is decided.
/// </summary>
internal sealed class WindowRows(StoreDatabase database, DbConnection connection)
{
    private static readonly string Select = $"SELECT {Sums("adds")}, {Sums("updates")}, {Sums("deletes")}, {Sums("last_phones")} FROM window_writes WHERE "
        + $"tenant_id = @tenant AND step >= @week";

    /// <summary>From here to the end of the transaction no one else counts.</summary>
    public void Claim() => database.Claim(connection, "window_writes");

    /// <param name="tenant">Tenant id in upper case.</param>
    /// <param name="actor">Digest of the actor; null for all.</param>
    /// <param name="now">The end of the windows.</param>
    public WindowUse Use(string tenant, byte[]? actor, DateTimeOffset now)
    {
        string sql = actor is null ? Select : Select + " AND actor = @actor";
        using DbCommand command = connection.Statement(sql,
            actor is null ? ["@tenant", "@hour", "@day", "@week"] : ["@tenant", "@hour", "@day", "@week", "@actor"]);
        object?[] values = [tenant, RollingLimits.FirstStep(WindowSpan.Hour, now), RollingLimits.FirstStep(WindowSpan.Day, now),
            RollingLimits.FirstStep(WindowSpan.Week, now)];
        command.With(actor is null ? values : [.. values, actor]);
        using DbDataReader reader = command.ExecuteReader();
        reader.Read();
        return new WindowUse(Writes(reader, 0), Writes(reader, 1), Writes(reader, 2));
    }

    public void Add(string tenant, byte[] actor, DateTimeOffset at, AppliedWrites writes)
    {
        using DbCommand add = connection.Statement(
            """
            INSERT INTO window_writes (tenant_id, step, actor, adds, updates, deletes, last_phones)
            VALUES (@tenant, @step, @actor, @adds, @updates, @deletes, @last)
            ON CONFLICT (tenant_id, step, actor) DO UPDATE SET adds = window_writes.adds + excluded.adds, updates = window_writes.updates + excluded.updates,
              deletes = window_writes.deletes + excluded.deletes, last_phones = window_writes.last_phones + excluded.last_phones
            """,
            "@tenant", "@step", "@actor", "@adds", "@updates", "@deletes", "@last")
            .With(tenant, RollingLimits.StepOf(at), actor, writes.Add, writes.Update, writes.Delete, writes.LastPhone);
        add.ExecuteNonQuery();
        using DbCommand forget = connection.Statement("DELETE FROM window_writes WHERE tenant_id = @tenant AND step < @week", "@tenant", "@week")
            .With(tenant, RollingLimits.FirstStep(WindowSpan.Week, at) - 1);
        forget.ExecuteNonQuery();
    }

    public void Take(string openingId, long number)
    {
        using DbCommand take = connection.Statement("UPDATE window_openings SET used = used + @number WHERE opening_id = @id", "@id", "@number")
            .With(openingId, number);
        take.ExecuteNonQuery();
    }

    public void Open(LimitOverride opening, byte[] body)
    {
        using DbCommand open = connection.Statement(
            "INSERT INTO window_openings (opening_id, tenant_id, until, body) VALUES (@id, @tenant, @until, @body)", "@id", "@tenant", "@until", "@body")
            .With(opening.OpeningId, opening.TenantId, Instants.Write(opening.Until), body);
        open.ExecuteNonQuery();
    }

    public ImmutableArray<(string Id, long Used, byte[] Body)> Openings(string tenant, DateTimeOffset now)
    {
        using DbCommand command = connection.Statement(
            "SELECT opening_id, used, body FROM window_openings WHERE tenant_id = @tenant AND until > @now ORDER BY until, opening_id", "@tenant", "@now")
                .With(tenant, Instants.Write(now));
        using DbDataReader reader = command.ExecuteReader();
        ImmutableArray<(string, long, byte[])>.Builder found = ImmutableArray.CreateBuilder<(string, long, byte[])>();
        while (reader.Read()) found.Add((reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2)));
        return found.ToImmutable();
    }

    private static string Sums(string column) =>
        $"coalesce(sum(CASE WHEN step >= @hour THEN {column} ELSE 0 END), 0), coalesce(sum(CASE WHEN step >= @day THEN {column} ELSE 0 END), 0), "
        + $"coalesce(sum({column}), 0)";

    private static AppliedWrites Writes(DbDataReader reader, int window) =>
        new(Number(reader, window), Number(reader, 3 + window), Number(reader, 6 + window), Number(reader, 9 + window));

    // PostgreSQL sums whole numbers as numeric.
    private static long Number(DbDataReader reader, int column) => Convert.ToInt64(reader.GetValue(column), CultureInfo.InvariantCulture);
}
