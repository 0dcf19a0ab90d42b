using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Sql;

namespace ProvisioningConnector.Sources.Tests.Sql;

/// <summary>Asks queries as the program does.</summary>
internal static class Querying
{
    public const string Name = "hr";

    public static SourceOptions Options { get; } = new(Name) { Format = SourceFormat.Rows };

    public static SqlQuery Query(SqlProvider provider, string connection, string text, TimeSpan patience = default)
    {
        Assert.That(SqlLocation.TryComplete(provider, connection, Path.GetFullPath, out string complete, out string database, out string? problem), problem);
        return new SqlQuery(provider, complete, database, text, patience);
    }

    public static async Task<List<SourceRow>> RowsAsync(SqlQuery query, SourceOptions? options = null) => (await ReadAsync(query, options)).Rows;

    public static async Task<(List<SourceRow> Rows, string Sha256)> ReadAsync(SqlQuery query,
        SourceOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= Options;
        await using ISource source = await SourceFile.OpenAsync("-", options, () => new SqlStream(query, options, TimeProvider.System), cancellation);
        List<SourceRow> rows = [];
        await foreach (SourceRow row in source.RowsAsync(cancellation)) rows.Add(row);
        return (rows, source.Sha256 ?? "");
    }
}
