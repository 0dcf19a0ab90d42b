using System.Text;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Html;

/// <summary>Writes the users as scripts beside the page; each calls the page's one function with its rows.</summary>
internal static class HtmlShards
{
    /// <returns>The shards' file names, in order.</returns>
    public static async Task<string[]> WriteAsync(Report report, string pageName, Func<string, Stream> open, CancellationToken cancellation)
    {
        List<string> names = [];
        StreamWriter? output = null;
        try
        {
            long position = 0;
            await foreach (UserEntry user in report.Users(cancellation).WithCancellation(cancellation))
            {
                bool first = position % HtmlReport.RowsOfShard == 0;
                if (first)
                {
                    if (output is not null) await CloseAsync(output);
                    names.Add(HtmlReport.ShardName(pageName, names.Count + 1));
                    output = new(open(names[^1]), new UTF8Encoding(false));
                    await output.WriteAsync("reportRows([\n");
                }

                if (output is null) throw new InvalidOperationException("The first row opens a shard.");
                if (!first) await output.WriteAsync(",\n");
                await output.WriteAsync(HtmlRow.Json(user, position));
                position++;
            }

            if (output is not null) await CloseAsync(output);
            output = null;
            return [.. names];
        }
        finally
        {
            if (output is not null) await output.DisposeAsync();
        }
    }

    private static async Task CloseAsync(StreamWriter output)
    {
        await output.WriteAsync("]);\n");
        await output.DisposeAsync();
    }
}
