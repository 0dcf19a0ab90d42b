using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Runs;

/// <summary>What is written of runs. Called inside a transaction, by one writer at a time.</summary>
internal sealed class RunWrites(SqliteConnection connection) : IDisposable
{
    private const string OfRun = "(SELECT no FROM runs WHERE run_id = $run)";

    private readonly SqliteCommand begin = connection.Prepare(
        "INSERT INTO runs (run_id, tenant_id, plan_id, started_at, ended_at, outcome, head) VALUES ($run, $tenant, $plan, $started, $ended, $outcome, $head)",
        "$run", "$tenant", "$plan", "$started", "$ended", "$outcome", "$head");

    private readonly SqliteCommand discard = connection.Prepare("DELETE FROM runs WHERE run_id = $run AND complete = 0", "$run");
    private readonly SqliteCommand complete = connection.Prepare("UPDATE runs SET complete = 1 WHERE run_id = $run", "$run");

    private readonly SqliteCommand update = connection.Prepare(
        "UPDATE runs SET ended_at = $ended, outcome = $outcome, head = $head WHERE run_id = $run", "$run", "$ended", "$outcome", "$head");

    private readonly SqliteCommand addUser = connection.Prepare(
        $"INSERT INTO run_users (run, ordinal, uid, situation, body) VALUES ({OfRun}, $ordinal, $uid, $situation, $body)",
        "$run", "$ordinal", "$uid", "$situation", "$body");

    private readonly SqliteCommand user = connection.Prepare(
        $"UPDATE run_users SET outcome = $outcome, result = $result WHERE uid = $uid AND run = {OfRun}", "$run", "$uid", "$outcome", "$result");

    private readonly SqliteCommand intent = connection.Prepare(
        $"INSERT INTO operations (run, uid, position, intent_at, intent) SELECT no, $uid, $position, $at, $intent FROM runs WHERE run_id = $run",
        "$run", "$uid", "$position", "$at", "$intent");

    private readonly SqliteCommand outcome = connection.Prepare(
        $"""
        UPDATE operations SET outcome = $outcome, result = $result
        WHERE no = (SELECT max(no) FROM operations WHERE run = {OfRun} AND uid = $uid AND position = $position)
        """,
        "$run", "$uid", "$position", "$outcome", "$result");

    private readonly SqliteCommand unsent = connection.Prepare(
        "INSERT INTO operations (run, uid, position, outcome, result) SELECT no, $uid, $position, $outcome, $result FROM runs WHERE run_id = $run",
        "$run", "$uid", "$position", "$outcome", "$result");

    /// <summary>For statements that are too rare to be prepared.</summary>
    public SqliteConnection Connection => connection;

    /// <summary>Replaces a beginning that never came to its end.</summary>
    public void Begin(RunHead run)
    {
        discard.With(run.RunId).ExecuteNonQuery();
        begin.With(run.RunId, run.Plan.Tenant.Id, run.Plan.PlanId, Instants.Write(run.StartedAt), EndOf(run), run.Outcome.Name(), Body.Write(run)).ExecuteNonQuery();
    }

    public void Discard(string runId) => discard.With(runId).ExecuteNonQuery();

    public void Add(string runId, ImmutableArray<StoredUser> users)
    {
        foreach (StoredUser one in users) addUser.With(runId, one.Ordinal, one.Uid, one.Situation, one.Body).ExecuteNonQuery();
    }

    public void Complete(string runId) => One(complete.With(runId), runId);

    public void Update(RunHead run) => One(update.With(run.RunId, EndOf(run), run.Outcome.Name(), Body.Write(run)), run.RunId);

    public void User(string runId, string uid, UserOutcome what, byte[] result)
    {
        if (user.With(runId, uid, what.Name(), result).ExecuteNonQuery() == 0)
        {
            throw new InvalidOperationException($"User {uid} is not part of run {runId}.");
        }
    }

    public void Intent(string runId, string uid, int index, byte[] operation, DateTimeOffset at) =>
        One(intent.With(runId, uid, index, Instants.Write(at), operation), runId);

    /// <summary>Closes the latest intent; an operation that was never sent has none and leaves its outcome alone.</summary>
    public void Outcome(string runId, string uid, int index, OperationOutcome what, byte[] result)
    {
        if (outcome.With(runId, uid, index, what.Name(), result).ExecuteNonQuery() > 0) return;
        One(unsent.With(runId, uid, index, what.Name(), result), runId);
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in (ReadOnlySpan<SqliteCommand>)[begin, discard, complete, update, addUser, user, intent, outcome, unsent]) command.Dispose();
    }

    private static string? EndOf(RunHead run) => run.EndedAt is { } at ? Instants.Write(at) : null;

    private static void One(SqliteCommand command, string runId)
    {
        if (command.ExecuteNonQuery() == 0) throw new InvalidOperationException($"Run {runId} was never begun.");
    }
}

/// <summary>A planned user as the columns of a row.</summary>
internal sealed record StoredUser(long Ordinal, string? Uid, string Situation, byte[] Body)
{
    public static StoredUser Of(PlannedUser planned) =>
        new(planned.Row.Ordinal, planned.User?.Uid, planned.Plan.Situation.Name(), Bodies.Body.Write(planned));
}
