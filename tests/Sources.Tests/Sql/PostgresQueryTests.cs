using Npgsql;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Sql;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Sources.Tests.Sql;

/// <summary>Queries of a PostgreSQL server as sources.</summary>
public sealed class PostgresQueryTests
{
    private const string Marker = "s3cretMarker";

    private PostgresServer? _server;

    [OneTimeSetUp]
    public async Task Start()
    {
        _server = await PostgresServer.TryStartAsync();
        if (_server is null)
        {
            TestContext.Progress.WriteLine(PostgresServer.HowToInstall);
            Assert.Ignore(PostgresServer.HowToInstall);
        }

        await RunAsync("""
            CREATE TYPE state AS ENUM ('on', 'off');
            CREATE TABLE people (id uuid PRIMARY KEY, phones text[], mobile varchar(30), sms state, seen timestamptz);
            INSERT INTO people VALUES
              ('00000000-0000-4000-8000-000000000001', '{+1 2065550150:mobile,+1 4255550199:office}', NULL, 'on', '2026-01-31 19:00:00+01'),
              ('00000000-0000-4000-8000-000000000002', NULL, '+1 2065550151', NULL, NULL), ('00000000-0000-4000-8000-000000000003', '{}', NULL, NULL, NULL);
            CREATE TABLE secrets (number text);
            CREATE ROLE reader LOGIN PASSWORD 'right';
            GRANT SELECT ON people TO reader;
            """);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Test]
    public async Task Rows_mean_what_rows_of_a_file_mean()
    {
        List<SourceRow> rows = await Rows("SELECT id, phones, mobile, sms AS smssignin, seen AS asof FROM people ORDER BY id");

        Assert.That(rows.Select(row => row.IsValid), Is.All.True, string.Join(Environment.NewLine, rows.SelectMany(row => row.Diagnostics)));
        Assert.That(rows[0].UserText, Is.EqualTo("00000000-0000-4000-8000-000000000001"));
        Assert.That((Reading.Text(rows[0].Desired.Mobile), Reading.Text(rows[0].Desired.Office), rows[0].Desired.SmsSignIn),
            Is.EqualTo(("+1 2065550150", "+1 4255550199", (bool?)true)));
        Assert.That(rows[0].AsOf, Is.EqualTo(new DateTimeOffset(2026, 1, 31, 18, 0, 0, TimeSpan.Zero)));
        Assert.That((Reading.Text(rows[1].Desired.Mobile), rows[1].AsOf, rows[1].Place),
            Is.EqualTo(("+1 2065550151", (DateTimeOffset?)null, new Place("hr", 2))));
        Assert.That(rows[2].Desired.Mobile.Kind, Is.EqualTo(ManagedKind.None), "an empty array is an explicit empty value");
    }

    [TestCase("12065550150::bigint", "mobile", "numericCell")]
    [TestCase("'NaN'::numeric", "mobile", "valueKind")]
    [TestCase("12345678901234567890123456789012345678901234567890::numeric", "mobile", "valueKind")]
    [TestCase("'NaN'::float8", "mobile", "valueKind")]
    [TestCase("now()", "mobile", "dateCell")]
    [TestCase("interval '1 month'", "mobile", "*")]
    [TestCase("true", "mobile", "valueKind")]
    [TestCase("'\\x00'::bytea", "mobile", "valueKind")]
    [TestCase("point(1,2)", "mobile", "valueKind")]
    [TestCase("ROW(1,2)", "mobile", "valueKind")]
    [TestCase("timestamp '2026-01-31 18:00'", "asOf", "asOfMalformed")]
    [TestCase("date '2026-01-31'", "asOf", "asOfMalformed")]
    [TestCase("timestamptz 'infinity'", "asOf", "asOfMalformed")]
    [TestCase("7", "asOf", "numericCell")]
    public async Task A_cell_of_a_wrong_type_is_a_row_error_and_no_more(string value, string column, string code)
    {
        List<SourceRow> rows = await Rows($"SELECT 'ada@contoso.com' AS \"user\", {value} AS {column}, 'none' AS office UNION ALL SELECT 'bob@contoso.com', "
            + $"NULL, 'none'");

        Assert.That(rows[0].Diagnostics.Select(d => d.Place), Is.EqualTo(new[] { new Place("hr", 1, column) }));
        if (code != "*") Assert.That(rows[0].Diagnostics[0].Code, Is.EqualTo(code));
        Assert.That((rows[1].UserText, rows[1].IsValid), Is.EqualTo(("bob@contoso.com", true)));
    }

    [TestCase("SELECT upn AS \"user\" FROM people", "sqlMalformed", "upn")]
    [TestCase("SELECT id FORM people", "sqlMalformed", "character")]
    [TestCase("DELETE FROM people RETURNING id", "sqlWrites", "SELECT")]
    [TestCase("SELECT id FROM people; SELECT id FROM people", "sqlSeveralResults", "one SELECT")]
    [TestCase("SELECT id, mobile AS telefon FROM people", "columnUnknown", "telefon")]
    [TestCase("SELECT id FROM people WHERE false", "noValidRow", "Nothing is deleted")]
    [TestCase("SELECT '+1 2065550150'::text::int AS id FROM people", "sqlFailed", "22P02")]
    [TestCase("SELECT repeat('x', 3000000) AS id", "recordTooLarge", "1048576")]
    public async Task What_is_no_source_is_refused(string query, string code, string reported)
    {
        SourceFault fault = await Reading.Fault(() => Rows(query));

        Assert.That(fault.Code, Is.EqualTo(code), fault.Message);
        Assert.That(fault.Message + fault.Advice, Does.Contain(reported).And.Not.Contain("20655"));
    }

    [Test]
    public async Task A_missing_right_is_reported_with_what_to_grant()
    {
        SourceFault fault = await Reading.Fault(() => Querying.RowsAsync(Querying.Query(SqlProvider.PostgreSql,
            $"{Server}".Replace("Username=provision", "Username=reader;Password=" + Marker, StringComparison.Ordinal), "SELECT number AS id FROM secrets")));

        Assert.That(fault.Code, Is.EqualTo("sqlForbidden"));
        Assert.That(fault.ToString(), Does.Contain("secrets").And.Contain("GRANT").IgnoreCase.And.Not.Contain(Marker));
    }

    [TestCase("Database=postgres", "Database=nowhere")]
    [TestCase("Port=", "Port=1")]
    [TestCase("Host=127.0.0.1", "Host=nobody.invalid")]
    [TestCase("Username=provision", "Username=stranger")]
    public async Task A_database_that_cannot_be_reached_is_reported_without_the_password(string from, string to)
    {
        string connection = Server.Replace(from, to, StringComparison.Ordinal).Replace("Port=1" + Port, "Port=1", StringComparison.Ordinal)
            + $";Password={Marker}";

        SourceFault fault = await Reading.Fault(() => Querying.RowsAsync(Querying.Query(SqlProvider.PostgreSql, connection, "SELECT 1 AS id")));

        Assert.That(fault.Code, Is.AnyOf("sqlUnreachable", "sqlRefused"));
        Assert.That(fault.ToString(), Does.Not.Contain(Marker));
    }

    [Test]
    public async Task A_query_that_is_left_before_its_end_leaves_nothing_at_the_server()
    {
        SqlQuery query = Query("SELECT 'user' || generate_series(1, 1000000000) || '@contoso.com' AS id, 'none' AS mobile");
        await using (ISource source = await SourceFile.OpenAsync("-", Querying.Options, () => new SqlStream(query, Querying.Options, TimeProvider.System),
            CancellationToken.None))
        {
            await foreach (SourceRow row in source.RowsAsync(CancellationToken.None))
            {
                if (row.Ordinal == 100) break;
            }
        }

        SourceFault slow = await Reading.Fault(() => Querying.RowsAsync(Querying.Query(SqlProvider.PostgreSql,
            Server, "SELECT pg_sleep(600)::text AS id", TimeSpan.FromMilliseconds(100))));
        Assert.That(slow.Code, Is.EqualTo("sqlTimeout"));
    }

    private string Server => _server?.ConnectionString ?? "";

    private string Port => Server.Split("Port=")[1].Split(';')[0];

    private Task<List<SourceRow>> Rows(string query) => Querying.RowsAsync(Query(query));

    private SqlQuery Query(string text) => Querying.Query(SqlProvider.PostgreSql, Server, text);

    private async Task RunAsync(string statements)
    {
        await using NpgsqlConnection connection = new(Server + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(statements, connection);
        await command.ExecuteNonQueryAsync();
    }
}
