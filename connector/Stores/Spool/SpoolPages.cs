using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Spool;

/// <summary>
/// Reads a stream in pages and lets go of the database between them, so that someone who reads one row may write
/// another before the next. Every statement has <c>$after</c> and <c>$page</c>, and the ordinal in its first column.
/// </summary>
internal sealed class SpoolPages(SqliteConnection connection, SpoolWork work)
{
    /// <summary>Rows read at once; bodies are turned into records one by one.</summary>
    private const int PageSize = 1_000;

    public async IAsyncEnumerable<T> ReadAsync<T>(string sql, Func<SqliteDataReader, T> take, [EnumeratorCancellation] CancellationToken cancellation)
    {
        long after = long.MinValue;
        List<T> page = new(PageSize);
        do
        {
            page.Clear();
            after = await work.DoAsync(() => Fill(sql, take, after, page), cancellation);
            foreach (T one in page) yield return one;
        }
        while (page.Count == PageSize);
    }

    private long Fill<T>(string sql, Func<SqliteDataReader, T> take, long after, List<T> page)
    {
        using SqliteCommand command = connection.Prepare(sql, "$after", "$page").With(after, PageSize);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            page.Add(take(reader));
            after = reader.GetInt64(0);
        }

        return after;
    }
}
