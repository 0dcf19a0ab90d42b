using System.Collections.Immutable;
using System.Data.Common;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Keys;
using ProvisioningConnector.Stores.Sealing;

namespace ProvisioningConnector.Stores.Upkeep;

/// <summary>
/// A new key for all values of a store. From the moment that the new key is the current one everybody seals with it, also
/// processes that had the store open; what lies there is rewritten batch by batch, and then the earlier keys go.
/// </summary>
internal sealed class Rekeying(StoreDatabase database, ValueEncryption vault, KeyRing ring)
{
    private const int PageSize = 500;
    private const int MostTries = 5;

    /// <returns>How many values were rewritten.</returns>
    public async Task<long> RunAsync(CancellationToken cancellation)
    {
        await using DbConnection connection = await database.OpenAsync(cancellation);
        try
        {
            database.Alone(connection, () => Begin(connection));
            long rewritten = 0;
            foreach (SealedColumn column in SealedColumn.All) rewritten += Rewrite(connection, column, cancellation);
            ImmutableArray<string> gone = database.Alone(connection, () => Forget(connection));
            ring.File.Remove(gone);
            return rewritten;
        }
        catch (DbException error)
        {
            throw database.Problem(error);
        }
    }

    /// <summary>Makes a key, unless one was made whose work is not finished.</summary>
    private bool Begin(DbConnection connection)
    {
        vault.Refresh(connection);
        if (Earlier(connection).IsEmpty) vault.Renew(connection);
        return true;
    }

    private long Rewrite(DbConnection connection, SealedColumn column, CancellationToken cancellation)
    {
        long rewritten = 0;
        ImmutableArray<object> after = [];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            (int read, int written, after) = Step(connection, column, after);
            rewritten += written;
            if (read < PageSize) return rewritten;
        }
    }

    /// <summary>One page in one transaction.</summary>
    private (int Read, int Written, ImmutableArray<object> Last) Step(DbConnection connection, SealedColumn column, ImmutableArray<object> after)
    {
        for (int attempt = 1; ; attempt++)
        {
            bool done = false;
            database.Begin(connection);
            try
            {
                ImmutableArray<object[]> page = Page(connection, column, after);
                using DbCommand update = connection.Statement(column.Update, ["@fresh", "@old", .. column.KeyParameters]);
                int written = page.Sum(row => Replace(update, column, row));
                connection.Run("COMMIT");
                done = true;
                return (page.Length, written, page.IsEmpty ? after : [.. page[^1].Skip(1).Take(column.Key.Length)]);
            }
            catch (DbException error) when (attempt < MostTries && database.IsPassing(error, committing: false))
            {
                // Another writer was in the way; the page is read anew.
            }
            finally
            {
                if (!done) database.Abandon(connection);
            }
        }
    }

    private ImmutableArray<object[]> Page(DbConnection connection, SealedColumn column, ImmutableArray<object> after)
    {
        using DbCommand select = after.IsEmpty
            ? connection.Statement(column.Select(first: true), "@header", "@page").With(vault.CurrentHeader, (long)PageSize)
            : connection.Statement(column.Select(first: false), ["@header", "@page", .. column.KeyParameters])
            .With([vault.CurrentHeader, (long)PageSize, .. after]);
        using DbDataReader reader = select.ExecuteReader();
        ImmutableArray<object[]>.Builder rows = ImmutableArray.CreateBuilder<object[]>();
        while (reader.Read())
        {
            object[] row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows.ToImmutable();
    }

    private int Replace(DbCommand update, SealedColumn column, object[] row)
    {
        byte[] field = SealedField.At(column.Field, row.AsSpan(1 + column.Key.Length));
        byte[] old = (byte[])row[0];
        return update.With([vault.Seal(vault.Open(old, field), field), old, .. row.Skip(1).Take(column.Key.Length)]).ExecuteNonQuery();
    }

    /// <summary>Nothing is left that an earlier key sealed, or else they stay.</summary>
    private ImmutableArray<string> Forget(DbConnection connection)
    {
        foreach (SealedColumn column in SealedColumn.All)
        {
            if (!Page(connection, column, []).IsEmpty) return [];
        }

        ImmutableArray<string> earlier = Earlier(connection);
        using DbCommand delete = connection.Statement("DELETE FROM keys WHERE name = @name", "@name");
        foreach (string name in earlier) delete.With(name).ExecuteNonQuery();
        return earlier;
    }

    private static ImmutableArray<string> Earlier(DbConnection connection)
    {
        using DbCommand select = connection.Statement("SELECT name FROM keys WHERE is_current = 0");
        using DbDataReader reader = select.ExecuteReader();
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        while (reader.Read())
        {
            if (SealedForm.TryReadKeyName(reader.GetString(0), out _)) names.Add(reader.GetString(0));
        }

        return names.ToImmutable();
    }
}
