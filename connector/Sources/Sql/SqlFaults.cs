using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Npgsql;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Sql;

/// <summary>
/// The words of everything that makes a query unusable. A database's own words are quoted only where they speak of the query or
/// the connection; where they would repeat a value of a row, its code is reported instead.
/// </summary>
internal static partial class SqlFaults
{
    public static SourceFault NoColumns(Place place) =>
        new("sqlNoColumns", "The query returns no columns.",
            "Let Query be one SELECT that names its columns, such as: SELECT upn AS \"user\", mobile FROM people ORDER BY upn.", place);

    public static SourceFault SeveralResults(Place place) =>
        new("sqlSeveralResults", "Query has more than one statement.", "Let it be one SELECT; join several with UNION ALL.", place);

    public static SourceFault NoRows(Place place) =>
        new("noValidRow", "The query returns no rows.", "Run it in the database's own client. Nothing is deleted because of an empty result.", place);

    public static SourceFault RecordTooLarge(Place place, int most) =>
        new("recordTooLarge", $"The row is larger than {most} bytes.", "Select only the columns of a source.", place);

    public static SourceFault TooSlow(Place place, SqlQuery query) =>
        new("sqlTimeout", $"The database {query.Database} returned no row for {query.Patience:c}.",
            "Make the query faster, look for a lock that it waits for, or raise Timeout of this source.", place);

    /// <summary>A fault of the header in words that fit a query.</summary>
    public static SourceFault OfHeader(SourceFault fault) => fault with
    {
        Advice = fault.Code switch
        {
            "userColumnMissing" => "Name a column of the query so: SELECT upn AS \"user\", …",
            "columnUnknown" => "Rename the column in the query with AS, leave it out, or name it in IgnoreColumns of this source.",
            "columnDuplicate" => "Rename one of them in the query with AS, or leave it out.",
            "headerMissing" => "Give the columns names with AS.",
            _ => fault.Advice,
        },
    };

    /// <summary>What a database, its client or the network said.</summary>
    public static SourceFault Map(Exception problem, Place place, SqlQuery query) => problem switch
    {
        PostgresException reported => Map(reported, place, query),
        SqliteException reported => Map(reported, place, query),
        _ => new("sqlUnreachable", $"The database {query.Database} cannot be reached, or the connection broke{Because(problem, query)}.",
            "Check host, port, TLS settings and account in ConnectionString, and the database server.", place),
    };

    private static SourceFault Map(PostgresException reported, Place place, SqlQuery query) => reported.SqlState switch
    {
        "28000" or "28P01" => new("sqlRefused", $"The database {query.Database} refuses the account: {Quoted(reported.MessageText, query)}.",
            "Check Username and Password in ConnectionString and the server's pg_hba.conf.", place),
        "3D000" => new("sqlUnreachable", $"There is no such database: {query.Database}.", "Check Database in ConnectionString.", place),
        "42501" => new("sqlForbidden", $"The account may not run the query: {Quoted(reported.MessageText, query)}.",
            "Grant it SELECT on what the query reads, and nothing more.", place),
        "25006" => new("sqlWrites", "The query would write, and a source is only read.", "Let Query be a SELECT without side effects.", place),
        ['4', '2', ..] or ['0', 'A', ..] =>
            new("sqlMalformed", $"The query is not valid{Position(reported)}: {Quoted(reported.MessageText, query)}.",
            "Correct Query of this source; run it in the database's own client.", place),
        ['5', '3', ..] or ['5', '7', ..] or ['0', '8', ..] =>
            new("sqlUnreachable", $"The database {query.Database} is not available: {Quoted(reported.MessageText, query)}.",
            "Try again when the server is available.", place),
        _ => new("sqlFailed", $"The database {query.Database} could not finish the query (SQLSTATE {reported.SqlState}).",
            "Run it in the database's own client, which shows the value at which it stopped.", place),
    };

    private static SourceFault Map(SqliteException reported, Place place, SqlQuery query) => reported.SqliteErrorCode switch
    {
        1 => new("sqlMalformed", $"The query is not valid: {Quoted(reported.Message, query)}.",
            "Correct Query of this source; run it in the database's own client.", place),
        5 or 6 => new("sqlLocked", $"The database {query.Database} is locked by another program.", "Try again when it is done.", place),
        8 => new("sqlWrites", "The query would write, and a source is only read.", "Let Query be a SELECT without side effects.", place),
        3 or 14 or 23 => new("sqlUnreachable", $"The database {query.Database} cannot be opened.",
            "Check the path in ConnectionString and this account's right to read the file and its folder.", place),
        11 or 26 => new("sqlFailed", $"The file {query.Database} is not an SQLite database, or it is damaged.",
            "Check Data Source in ConnectionString.", place),
        _ => new("sqlFailed",
            $"The database {query.Database} could not finish the query "
            + $"(SQLite error {reported.SqliteExtendedErrorCode.ToString(CultureInfo.InvariantCulture)}).",
            "Run it in the database's own client.", place),
    };

    private static string Position(PostgresException reported) =>
        reported.Position > 0 ? $" at character {reported.Position.ToString(CultureInfo.InvariantCulture)}" : "";

    private static string Because(Exception problem, SqlQuery query) =>
        problem.InnerException is SocketException socket ? $" ({socket.SocketErrorCode})"
        : problem is TimeoutException || problem.InnerException is TimeoutException ? " (no answer in time)"
        : $": {Quoted(problem.Message, query)}";

    // Words of a client or server, without what may be a secret or a person's number.
    private static string Quoted(string words, SqlQuery query)
    {
        string kept = words.Trim().TrimEnd('.');
        if (query.Provider == SqlProvider.PostgreSql && new NpgsqlConnectionStringBuilder(query.ConnectionString).Password is { Length: > 0 } password)
        {
            kept = kept.Replace(password, "…", StringComparison.Ordinal);
        }

        return LongNumber().Replace(kept, "…");
    }

    [GeneratedRegex(@"\+?\d[\d\s().-]{5,}\d", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex LongNumber();
}
