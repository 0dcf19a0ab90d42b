using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;
using ProvisioningConnector.Scenarios.Tests.Support;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Scenarios.Tests.Commands;

/// <summary>A database as the authoritative list.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class QueryTests
{
    private const string Marker = "s3cretMarker";
    private const string Query = "SELECT upn AS \"user\", phones FROM people ORDER BY upn";

    [Test]
    public async Task The_executable_plans_rejects_and_applies_what_a_database_says()
    {
        using Shell shell = new();
        await FillAsync(new SqliteConnection($"Data Source={shell.At("hr.db")};Pooling=False"),
            ("ada@contoso.com", "+1 2065550150:mobile"), ("ben@contoso.com", "+1 20:mobile"));
        shell.Configure(Settings("Sqlite", "Data Source=hr.db"));

        Answer plan = await ProvisionProcess.RunAsync(shell.Folder, "plan", "hr", "--config", "settings.json", "--format", "json", "--rejects", "rejects.csv");
        Answer apply = await ProvisionProcess.RunAsync(shell.Folder, "apply", "hr", "--config", "settings.json", "--format", "json", "--yes");
        Answer again = await ProvisionProcess.RunAsync(shell.Folder, "plan", "hr", "--config", "settings.json", "--format", "json", "--detailed-exitcode");

        Assert.That((plan.Exit, apply.Exit, again.Exit), Is.EqualTo((4, 4, 4)), $"one row is invalid: {plan} {apply} {again}");
        JsonElement source = plan.Document.GetProperty("source");
        Assert.That((Lines.Text(source, "name"), source.GetProperty("rows").GetInt64()), Is.EqualTo(("hr", 2L)));
        Assert.That(Lines.Text(again.Document.GetProperty("source"), "sha256"), Is.EqualTo(Lines.Text(source, "sha256")).And.Length.EqualTo(64),
            "with and without a private copy");
        Assert.That(File.ReadAllLines(shell.At("rejects.csv")), Has.Length.EqualTo(2).And.ItemAt(1).Contains("ben@contoso.com"));
        Assert.That(again.Document.GetProperty("summary").GetProperty("equal").GetInt64(), Is.EqualTo(1), again.Output);
    }

    [Test]
    public async Task A_database_that_is_not_there_ends_with_1_and_no_word_of_its_password()
    {
        using Shell shell = new();
        shell.Configure(Settings("PostgreSql", null));
        using ProvisionProcess process = ProvisionProcess.Start(shell.Folder,
            ["apply", "hr", "--config", "settings.json", "--format", "json", "--yes", "--verbose"],
            environment: ("PROVISION_Sources__hr__ConnectionString", $"Host=127.0.0.1;Port=1;Username=hr;Password={Marker}"));

        Answer apply = await process.EndAsync();

        Assert.That((apply.Exit, apply.Text("code")), Is.EqualTo((1, "sqlUnreachable")), $"{apply}");
        Assert.That(apply.Text("advice"), Does.Contain("Nothing was written"));
        Assert.That($"{apply}", Does.Not.Contain(Marker));
    }

    [Test]
    public async Task Rows_of_PostgreSQL_are_applied_and_the_next_plan_is_empty()
    {
        await using PostgresServer server = await PostgresServer.TryStartAsync() ?? throw new IgnoreException(PostgresServer.HowToInstall);
        await FillAsync(new NpgsqlConnection(server.ConnectionString + ";Pooling=false"),
            [.. Enumerable.Range(0, 4).Select(i => (Crew.Name(i), $"+1 20655502{i:D2}:mobile;+1 20655503{i:D2}:office"))]);
        await using Stage stage = await Crew.StageAsync(4);
        JsonObject settings = JsonNode.Parse(File.ReadAllText(stage.Shell.ConfigFile))!.AsObject();
        settings["Sources"] = Settings("PostgreSql", server.ConnectionString)["Sources"]!.DeepClone();
        stage.Shell.Configure(settings);

        Answer apply = await stage.RunAsync("apply", "hr", "--yes", "--format", "json");
        Answer again = await stage.RunAsync("plan", "hr", "--detailed-exitcode", "--format", "json");

        Assert.That((apply.Exit, again.Exit), Is.EqualTo((0, 0)), $"{apply} {again}");
        Assert.That(Crew.Done(stage, 4), Is.EqualTo(4));
    }

    private static JsonObject Settings(string provider, string? connection)
    {
        JsonObject source = new() { ["Kind"] = "Sql", ["Provider"] = provider, ["Query"] = Query };
        if (connection is not null) source["ConnectionString"] = connection;
        return new JsonObject { ["Sources"] = new JsonObject { ["hr"] = source } };
    }

    private static async Task FillAsync(DbConnection connection, params (string User, string Phones)[] people)
    {
        SQLitePCL.Batteries_V2.Init();
        await using (connection)
        {
            await connection.OpenAsync();
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE people (upn text, phones text);"
                + string.Concat(people.Select(p => $"INSERT INTO people VALUES ('{p.User}', '{p.Phones}');"));
            await command.ExecuteNonQueryAsync();
        }
    }
}
