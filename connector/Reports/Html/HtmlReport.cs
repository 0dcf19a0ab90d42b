using System.Globalization;
using System.Text;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Html;

/// <summary>
/// A plan or a run as one page that needs nothing else: no network, no server, no library. Above <see cref="MostRows"/> rows
/// the users lie in scripts beside the page (<c>name.data-001.js</c>), which the page loads one after the other.
/// </summary>
/// <remarks>
/// The page's policy lets run only the page's own script (by hash) and, where there are shards, scripts which that one adds
/// (<c>strict-dynamic</c>: <c>'self'</c> matches nothing for pages opened from disk). All data pass through an encoder that
/// leaves no <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> or quote, and the script puts text into the page only as text.
/// </remarks>
public static class HtmlReport
{
    /// <summary>Rows up to which the page holds everything itself.</summary>
    public const int MostRows = 50_000;

    internal const int RowsOfChunk = 1_000;
    internal const int RowsOfShard = 20_000;
    private const int WorstOfEach = 200;

    /// <summary>Writes the page, and the shards if there are any.</summary>
    /// <param name="report">What to show.</param>
    /// <param name="page">Where the page goes; UTF-8.</param>
    /// <param name="pageName">File name of the page without its ending; the shards' names begin with it.</param>
    /// <param name="shard">Opens a file beside the page by its name; this method closes it.
    /// Null: no files beside the page, which then holds everything.</param>
    /// <param name="cancellation">Stops writing; what was written is then incomplete.</param>
    public static async Task WriteAsync(Report report, Stream page, string pageName, Func<string, Stream>? shard, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(pageName);
        FindingCounter tally = await FindingCounter.OfAsync(report, WorstOfEach, cancellation);
        bool sharded = shard is not null && report.Head.Entries > MostRows;
        string[] names = sharded && shard is not null ? await HtmlShards.WriteAsync(report, pageName, shard, cancellation) : [];
        await using StreamWriter output = new(page, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await output.WriteAsync(HtmlPage.Begin(report, tally, sharded));
        IAsyncEnumerable<UserEntry> listed = sharded ? Worst(tally).Select(static user => user.User) : report.Users(cancellation);
        await HtmlUserList.WriteAsync(report, listed, output, cancellation);
        await output.WriteAsync(HtmlPage.AfterUsers(report.Head, tally));
        await output.WriteAsync($"<script type=\"application/json\" id=\"head\">{HtmlHead.Json(report.Head, tally, names)}</script>\n");
        await WriteRowsAsync(sharded ? Worst(tally) : All(report, cancellation), output, cancellation);
        await output.WriteAsync(HtmlPage.End());
    }

    internal static string ShardName(string pageName, int number) => string.Create(CultureInfo.InvariantCulture, $"{pageName}.data-{number:d3}.js");

    private static async Task WriteRowsAsync(IAsyncEnumerable<(UserEntry User, long Position)> users, StreamWriter output, CancellationToken cancellation)
    {
        int rows = 0;
        await foreach ((UserEntry user, long position) in users.WithCancellation(cancellation))
        {
            await output.WriteAsync(rows % RowsOfChunk == 0
                ? $"{(rows > 0 ? "]</script>\n" : "")}<script type=\"application/json\" class=\"rows\">[\n" : ",\n");
            await output.WriteAsync(HtmlRow.Json(user, position));
            rows++;
        }

        if (rows > 0) await output.WriteAsync("]</script>\n");
    }

    private static async IAsyncEnumerable<(UserEntry User, long Position)> All(Report report,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        long position = 0;
        await foreach (UserEntry user in report.Users(cancellation).WithCancellation(cancellation)) yield return (user, position++);
    }

    // The first users of every finding stand in the page itself, so that it is of use before any shard is there.
    private static IAsyncEnumerable<(UserEntry User, long Position)> Worst(FindingCounter tally) =>
        tally.Groups.SelectMany(g => g.First.Zip(g.Positions)).ToAsyncEnumerable();
}
