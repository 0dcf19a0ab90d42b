using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Samples;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Sqlite;

/// <summary>A user is found by every name they have, in every run that recorded something about them.</summary>
[TestFixture("Sqlite")]
[TestFixture("PostgreSql")]
public sealed class UserHistoryTests(string provider)
{
    private readonly Scratch _scratch = new();
    private PostgresScratch? _server;
    private DatabaseRunStore _store = null!;

    [SetUp]
    public async Task Open() => _store = provider == "PostgreSql"
        ? await (_server = PostgresScratch.Make()).OpenAsync()
        : await SqliteRunStore.OpenAsync(_scratch.Fresh(), TimeProvider.System);

    [TearDown]
    public async Task Close()
    {
        if (_store is not null) await _store.DisposeAsync();
        _server?.Dispose();
        _scratch.Dispose();
    }

    [TestCase("uid-a")]
    [TestCase("a@contoso.com")]
    [TestCase("A@CONTOSO.com")]
    [TestCase("employeeId:7")]
    public async Task Whatever_name_is_used_all_runs_of_the_object_id_come_newest_first(string name)
    {
        await BeginAsync("r1", 0, Named(0, "uid-a", "old-name@contoso.com"), Named(1, "uid-b", "b@contoso.com"));
        await BeginAsync("r2", 1, Named(0, "uid-b", "b@contoso.com"));
        await BeginAsync("r3", 2, Named(4, "uid-a", "a@contoso.com", "employeeId:7"));
        Assert.That((await OfAsync(name)).Select(p => (p.Run.RunId, p.User.Planned.Row.Ordinal)), Is.EqualTo(new[] { ("r3", 4L), ("r1", 0L) }));
    }

    [Test]
    public async Task A_user_who_was_never_found_is_known_by_the_name_in_the_source()
    {
        await BeginAsync("r1", 0, Planned(0, "typo@contoso.com", Situation.NotFound) with { User = null });
        Assert.That((await OfAsync("typo@contoso.com")).Select(p => p.User.Planned.Plan.Situation), Is.EqualTo(new[] { Situation.NotFound }));
    }

    [Test]
    public async Task Half_way_work_is_reported_with_what_was_written_down()
    {
        await BeginAsync("r1", 0, Named(0, "uid-a", "a@contoso.com"));
        await _store.IntentAsync("r1", "uid-a", 0, Add(), Noon, default);
        Assert.That((await OfAsync("uid-a"))[0].User.OpenIntents, Is.EqualTo(new[] { 0 }));
        await _store.OutcomeAsync("r1", "uid-a", 0, Result() with { RequestId = "q-1" }, default);
        Assert.That((await OfAsync("uid-a"))[0].User.Recorded[0].RequestId, Is.EqualTo("q-1"));
        await _store.UserAsync("r1", "uid-a", Done(), default);
        Assert.That((await OfAsync("uid-a"))[0].User.Result?.Verified, Is.True);
    }

    [Test]
    public async Task What_was_forgotten_is_forgotten()
    {
        await BeginAsync("r1", 0, Named(0, "uid-a", "a@contoso.com"));
        await _store.UpdateAsync(Run("r1") with { Outcome = Engine.Records.RunOutcome.Succeeded, EndedAt = Noon }, default);
        await _store.PruneAsync(Noon.AddDays(1), default);
        Assert.That(await OfAsync("a@contoso.com"), Is.Empty);
        Assert.That(await OfAsync("uid-a"), Is.Empty);
    }

    [Test]
    public async Task An_unknown_user_has_no_history() => Assert.That(await OfAsync("x@contoso.com"), Is.Empty);

    private static Engine.Records.PlannedUser Named(long ordinal, string uid, string principal, string? text = null) =>
        new(Row(ordinal, text ?? principal, "+1 2065550100"), User(uid, principal), Engine.Model.CurrentMethods.Nothing, Plan(Situation.Changed));

    private async Task BeginAsync(string run, int hour, params Engine.Records.PlannedUser[] users) =>
        await _store.BeginAsync(Run(run, Noon.AddHours(hour)), Stream(users), default);

    private async Task<ImmutableArray<PastUser>> OfAsync(string user) => await _store.History.OfAsync(user, default).ListAsync();
}
