using System.Text;
using Npgsql;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Sqlite;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Sealing;

/// <summary>A database without its key file shows nothing about people.</summary>
public sealed class NothingInClearTests
{
    private const string Uid = "7f3c1a52-marker-uid-9d0e";

    /// <summary>What belongs to a person in what <see cref="FillAsync"/> writes.</summary>
    private static readonly string[] Markers =
        [Uid, "marker.upn", "Marker Name", "marker-mail", "MARKER-EMPLOYEE", "2065550147", "4255550163",
            "marker@home", "marker-list", "marker-note", "marker-error", "marker-text"];

    [Test]
    public async Task The_files_of_SQLite_hold_no_number_name_or_object_id_even_while_a_run_goes_on()
    {
        using Scratch scratch = new();
        await using SqliteRunStore store = await SqliteRunStore.OpenAsync(scratch.Path, TimeProvider.System);
        await FillAsync(store);
        string[] files = [.. Directory.GetFiles(scratch.Directory).Where(file => !file.EndsWith(".key", StringComparison.Ordinal))];
        Assert.That(files, Has.Length.GreaterThanOrEqualTo(2));
        foreach (string file in files) NoneIn(await ReadAsync(file), file);
        await store.DisposeAsync();
        NoneIn(await ReadAsync(scratch.Path), scratch.Path);
    }

    [Test]
    public async Task The_tables_and_the_log_of_PostgreSQL_hold_no_number_name_or_object_id()
    {
        using PostgresScratch scratch = PostgresScratch.Make();
        await using PostgresRunStore store = await scratch.OpenAsync();
        await FillAsync(store);
        await using (NpgsqlConnection connection = scratch.Connect())
        {
            await using NpgsqlCommand command = new("CHECKPOINT", connection);
            await command.ExecuteNonQueryAsync();
        }

        int files = 0;
        foreach (string file in PostgresOnce.Server.Files()
            .Where(file => file.Contains("/base/", StringComparison.Ordinal) || file.Contains("/pg_wal/0", StringComparison.Ordinal)))
        {
            NoneIn(await ReadAsync(file), file);
            files++;
        }

        Assert.That(files, Is.GreaterThan(10));
    }

    [Test]
    public void The_markers_would_be_found()
    {
        using MemoryStream all = new();
        foreach (object value in new object[] { Head(), Person(), Marked(), Add("+1 2065550147"), "marker-note" }) all.Write(Stores.Bodies.Body.Write(value));
        string text = Encoding.UTF8.GetString(all.ToArray());
        foreach (string marker in Markers.Except(["4255550163"])) Assert.That(text, Does.Contain(marker));
    }

    private static async Task FillAsync(IRunStore store)
    {
        await store.BeginAsync(Head(), Stream(Person()), default);
        await store.IntentAsync("r1", Uid, 0, Add("+1 4255550163"), Noon, default);
        await store.OutcomeAsync("r1", Uid, 0, Marked(), default);
        await store.UserAsync("r1", Uid, new UserResult { Operations = [Marked()] }, default);
        await store.WriteNoteAsync("rates", "marker-note", default);
    }

    private static RunHeader Head()
    {
        RunHeader run = Run("r1");
        return run with { Plan = run.Plan with { Actor = "marker@home", Source = run.Plan.Source with { Name = "marker-list.csv" } } };
    }

    private static PlannedUser Person() => new(
        Row(0, "marker-text@contoso.com", "+1 2065550147"),
        new DirectoryUser(Uid, "marker.upn@contoso.com", "Marker Name", "marker-mail@contoso.com", "MARKER-EMPLOYEE", true),
        CurrentMethods.Nothing,
        Plan(Engine.Planning.Situation.Changed));

    private static OperationResult Marked() => Result() with { Error = new OperationError("x", "marker-error") };

    private static void NoneIn(byte[] content, string file)
    {
        foreach (string marker in Markers)
        {
            foreach (Encoding encoding in (Encoding[])[Encoding.UTF8, Encoding.Unicode])
            {
                Assert.That(content.AsSpan().IndexOf(encoding.GetBytes(marker)), Is.EqualTo(-1), $"{marker} in {Path.GetFileName(file)}");
            }
        }

        string text = Encoding.Latin1.GetString(content);
        Assert.That(text.Contains(Uid, StringComparison.OrdinalIgnoreCase), Is.False, Path.GetFileName(file));
    }

    private static async Task<byte[]> ReadAsync(string file)
    {
        await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using MemoryStream content = new();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }
}
