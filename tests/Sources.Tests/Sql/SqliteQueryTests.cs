using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Sql;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources.Tests.Sql;

/// <summary>Queries of a SQLite file as sources.</summary>
public sealed class SqliteQueryTests
{
    private string _file = "";

    [SetUp]
    public void Make()
    {
        _file = Path.GetTempFileName();
        Run("""
            CREATE TABLE people (upn, phone, office, seen);
            INSERT INTO people VALUES ('ada@contoso.com', '+1 2065550150', 'none', '2026-01-31T18:00:00Z'), ('bob@contoso.com', NULL, '', NULL);
            """);
    }

    [TearDown]
    public void Clear() => File.Delete(_file);

    [Test]
    public async Task Rows_mean_what_rows_of_a_file_mean()
    {
        List<SourceRow> rows = await Rows("SELECT upn AS User_Principal_Name, phone AS mobile, office AS \"Office Phone\", seen AS as_of FROM people ORDER "
            + "BY upn");

        Assert.That(rows.Select(row => row.UserText), Is.EqualTo(new[] { "ada@contoso.com", "bob@contoso.com" }));
        Assert.That(rows.Select(row => row.Place), Is.EqualTo(new[] { new Place("hr", 1), new Place("hr", 2) }));
        Assert.That(Reading.Text(rows[0].Desired.Mobile), Is.EqualTo("+1 2065550150"));
        Assert.That(rows[0].Desired.Office.Kind, Is.EqualTo(ManagedKind.None));
        Assert.That(rows[0].AsOf, Is.EqualTo(new DateTimeOffset(2026, 1, 31, 18, 0, 0, TimeSpan.Zero)));
        Assert.That((rows[1].Desired.Mobile.Kind, rows[1].Desired.Office.Kind, rows[1].IsValid),
            Is.EqualTo((default(ManagedKind), default(ManagedKind), true)), "NULL and blank are unmanaged");
    }

    [TestCase("12065550150", "numericCell")]
    [TestCase("1.5", "numericCell")]
    [TestCase("x'00'", "valueKind")]
    [TestCase("'+1 23'", "phoneMalformed")]
    public async Task A_phone_has_to_be_text(string value, string code)
    {
        List<SourceRow> rows = await Rows($"SELECT 'ada@contoso.com' AS user, {value} AS mobile UNION ALL SELECT 'bob@contoso.com', 'none'");

        Assert.That(rows[0].Diagnostics.Select(d => (d.Code, d.Place)), Is.EqualTo(new[] { (code, new Place("hr", 1, "mobile")) }));
        Assert.That(rows[1].IsValid, Is.True);
    }

    [Test]
    public async Task A_whole_number_names_a_user() =>
        Assert.That((await Rows("SELECT 4711 AS user, 'none' AS mobile"))[0].UserText, Is.EqualTo("4711"));

    [TestCase("SELECT upn AS user, phone AS moblie FROM people", "columnUnknown", "mobile")]
    [TestCase("SELECT phone AS mobile FROM people", "userColumnMissing", "SELECT upn")]
    [TestCase("SELECT upn AS user, upn AS id FROM people", "columnDuplicate", "AS")]
    [TestCase("SELECT upn AS user FROM people WHERE 0", "noValidRow", "Nothing is deleted")]
    [TestCase("SELECT upn AS user FROM people; SELECT 2 AS user", "sqlSeveralResults", "one SELECT")]
    [TestCase("SELECT upn AS user FORM people", "sqlMalformed", "Query")]
    [TestCase("SELECT upn AS user FROM persons", "sqlMalformed", "persons")]
    [TestCase("DELETE FROM people", "sqlWrites", "SELECT")]
    [TestCase("DELETE FROM people RETURNING upn AS user", "sqlWrites", "SELECT")]
    [TestCase("CREATE TEMP TABLE x (y)", "sqlWrites", "SELECT")]
    [TestCase("PRAGMA shrink_memory", "sqlNoColumns", "SELECT")]
    public async Task What_is_no_source_is_refused_and_nothing_changes(string query, string code, string reported)
    {
        SourceFault fault = await Reading.Fault(() => Rows(query));

        Assert.That((fault.Code, fault.Place.Source), Is.EqualTo((code, "hr")), fault.Message);
        Assert.That(fault.Message + fault.Advice, Does.Contain(reported));
        Assert.That(await Rows("SELECT upn AS user FROM people"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_column_that_is_ignored_may_hold_anything()
    {
        List<SourceRow> rows = await Querying.RowsAsync(
            Query("SELECT 'ada@contoso.com' AS user, 'none' AS mobile, zeroblob(3000000) AS photo"), Querying.Options with { IgnoreColumns = ["Photo"] });

        Assert.That(rows[0].IsValid, Is.True);
    }

    [Test]
    public async Task A_row_over_the_limit_is_refused() =>
        Assert.That((await Reading.Fault(() => Rows("SELECT 'a@b.c' AS user, 'none' AS mobile UNION ALL SELECT hex(zeroblob(1000000)), 'none'"))).Place,
            Is.EqualTo(new Place("hr", 2)));

    [Test]
    public async Task A_file_that_is_missing_or_no_database_is_reported()
    {
        SourceFault missing = await Reading.Fault(() => Querying.RowsAsync(Querying.Query(SqlProvider.Sqlite,
            $"Data Source={_file}.gone", "SELECT 1 AS user")));
        File.WriteAllText(_file, new string('x', 5000));
        SourceFault foreign = await Reading.Fault(() => Rows("SELECT upn AS user FROM people"));

        Assert.That((missing.Code, foreign.Code), Is.EqualTo(("sqlUnreachable", "sqlFailed")));
        Assert.That(missing.Message, Does.Contain(_file));
        Assert.That(File.Exists(_file + ".gone"), Is.False, "nothing is created");
    }

    [Test]
    public async Task A_digest_reports_content_and_kind_of_every_cell()
    {
        async Task<string> Sha(string values) =>
            (await Querying.ReadAsync(Query($"SELECT column1 AS user, column2 AS mobile FROM (VALUES ('z', 'none'), {values})"))).Sha256;
        string[] all = [await Sha("('a', 'none')"), await Sha("('a', NULL)"), await Sha("('a', '')"),
            await Sha("('a', '1')"), await Sha("('a', 1)"), await Sha("('b', 'none')")];

        Assert.That(all, Is.Unique);
        Assert.That(await Sha("('a', 'none')"), Is.EqualTo(all[0]).And.Length.EqualTo(64));
    }

    [Test]
    public async Task Rejected_rows_come_from_the_private_copy_with_the_same_digest()
    {
        SqlQuery query = Query("SELECT upn AS user, phone AS mobile, 7 AS cost FROM people ORDER BY upn");
        SourceOptions options = Querying.Options with { IgnoreColumns = ["cost"] };
        (_, string sha) = await Querying.ReadAsync(query, options);
        await using SqlStream stream = new(query, options, TimeProvider.System);
        await using PrivateCopy copy = await PrivateCopy.OfAsync(stream, CancellationToken.None);
        string target = copy.Path + ".csv";
        try
        {
            long written = await RejectsFile.WriteAsync(copy.Path, options, sha, target, ordinal => ordinal == 0 ? "why" : null, CancellationToken.None);

            Assert.That(written, Is.EqualTo(1));
            Assert.That(File.ReadAllLines(target), Is.EqualTo(new[] { "rejectReason,user,mobile,cost", "why,ada@contoso.com,+1 2065550150,7" }));
        }
        finally
        {
            File.Delete(target);
        }
    }

    [Test]
    [NonParallelizable]
    public async Task A_result_larger_than_memory_is_taken_row_by_row()
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        const int Rows = 300_000;
        SqlQuery query = Query($"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Rows}) SELECT printf('user%d@contoso.com', i) AS "
            + $"user, 'none' AS mobile FROM n");
        await using ISource source = await SourceFile.OpenAsync("-", Querying.Options, () => new SqlStream(query, Querying.Options, TimeProvider.System),
            CancellationToken.None);
        long most = 0L;
        await foreach (SourceRow row in source.RowsAsync(CancellationToken.None))
        {
            if (row.Ordinal % 50_000 == 10_000) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }

        Assert.That(source.Rows, Is.EqualTo(Rows));
        Assert.That(most - before, Is.LessThan(32L << 20), "the rows alone would take more");
    }

    [Test]
    public async Task A_query_without_end_is_stopped_by_the_person_and_by_its_timeout()
    {
        const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) AS user FROM n";
        using CancellationTokenSource stop = new();
        Task<(List<SourceRow>, string)> stopped = Task.Run(() => Querying.ReadAsync(Query(Endless), cancellation: stop.Token));
        await stop.CancelAsync();

        Assert.That(async () => await stopped, Throws.InstanceOf<OperationCanceledException>());
        SourceFault slow = await Reading.Fault(() => Querying.RowsAsync(Querying.Query(SqlProvider.Sqlite,
            $"Data Source={_file}", Endless, TimeSpan.FromMilliseconds(50))));
        Assert.That(slow.Code, Is.EqualTo("sqlTimeout"));
        Assert.That(slow.Advice, Does.Contain("Timeout"));
    }

    private Task<List<SourceRow>> Rows(string query) => Querying.RowsAsync(Query(query));

    private SqlQuery Query(string text) => Querying.Query(SqlProvider.Sqlite, $"Data Source={_file}", text);

    private void Run(string statements)
    {
        SQLitePCL.Batteries_V2.Init();
        using SqliteConnection connection = new($"Data Source={_file};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
}
