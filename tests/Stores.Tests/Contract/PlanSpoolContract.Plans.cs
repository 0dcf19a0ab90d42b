using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Tests.Samples;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Contract;

public abstract partial class PlanSpoolContract
{
    [Test]
    public async Task Everybody_who_is_not_equal_comes_back_in_source_order()
    {
        Situation[] situations = Enum.GetValues<Situation>();
        for (int i = 0; i < situations.Length; i++) await AddAsync(Row(i, "u" + i));
        foreach (ResolvedRow row in (await ResolvedAsync()).Reverse()) await SaveAsync(row, situations[row.Row.Ordinal]);
        ImmutableArray<PlannedUser> planned = await PlannedAsync();
        Assert.That(planned.Select(p => p.Plan.Situation), Is.EqualTo(situations.Where(s => s != Situation.Equal)));
    }

    [Test]
    public async Task A_planned_user_comes_back_exactly_as_saved()
    {
        await AddAsync(Row(4, "a"));
        PlannedUser planned = Planned(4, "a") with { IsPrivileged = true };
        await _spool.SaveAsync(planned, default);
        Assert.That(Deep.Text((await PlannedAsync())[0]), Is.EqualTo(Deep.Text(planned)));
    }

    [Test]
    public async Task A_later_plan_replaces_an_earlier_one()
    {
        await AddAsync(Row(0, "a"));
        await AddAsync(Row(1, "b"));
        ImmutableArray<ResolvedRow> rows = await ResolvedAsync();
        await SaveAsync(rows[0], Situation.Changed);
        await SaveAsync(rows[0], Situation.NotRead);
        await SaveAsync(rows[1], Situation.Changed);
        await SaveAsync(rows[1], Situation.Equal);
        Assert.That((await PlannedAsync()).Select(p => p.Plan.Situation), Is.EqualTo(new[] { Situation.NotRead }));
        await SaveAsync(rows[1], Situation.Held);
        Assert.That((await PlannedAsync()).Select(p => p.Plan.Situation), Is.EqualTo(new[] { Situation.NotRead, Situation.Held }));
    }

    [Test]
    public void A_row_that_was_never_added_cannot_be_planned() =>
        Assert.That(async () => await _spool.SaveAsync(Planned(9, "a"), default), Throws.InvalidOperationException);

    [Test]
    public async Task Plans_may_be_saved_while_rows_are_read()
    {
        const int Rows = 2_500;
        for (int i = 0; i < Rows; i++) await AddAsync(Row(i, "u" + i, One));
        int seen = 0;
        await foreach (ResolvedRow row in _spool.ResolvedAsync(default))
        {
            Assert.That((row.Row.Ordinal, row.SharedBy), Is.EqualTo(((long)seen++, Rows)));
            await SaveAsync(row, seen % 2 == 0 ? Situation.Equal : Situation.NotFound);
        }

        Assert.That(seen, Is.EqualTo(Rows));
        seen = 0;
        await foreach (PlannedUser user in _spool.PlannedAsync(default))
        {
            Assert.That(user.Row.Ordinal, Is.EqualTo(2 * seen++));
            await _spool.SaveAsync(user with { Plan = Plan(Situation.Held) }, default);
        }

        Assert.That(seen, Is.EqualTo(Rows / 2));
    }

    [Test]
    public async Task Rows_planned_as_equal_are_not_resolved_again()
    {
        await AddAsync(Row(0, "a", One));
        await AddAsync(Row(1, "b", One));
        await SaveAsync((await ResolvedAsync())[0], Situation.Equal);
        ImmutableArray<ResolvedRow> rows = await ResolvedAsync();
        Assert.That(rows.Select(r => (r.Row.Ordinal, r.SharedBy)), Is.EqualTo(new[] { (1L, 2) }));
    }

    [Test]
    public async Task Plans_may_be_saved_by_many_at_once()
    {
        for (int i = 0; i < 200; i++) await AddAsync(Row(i, "u" + i));
        ImmutableArray<ResolvedRow> rows = await ResolvedAsync();
        await Task.WhenAll(rows.Select(row => Task.Run(async () => await SaveAsync(row, Situation.Changed))));
        Assert.That((await PlannedAsync()).Select(p => p.Row.Ordinal), Is.EqualTo(rows.Select(r => r.Row.Ordinal)));
    }

    [Test]
    public async Task A_cancelled_call_is_cancelled()
    {
        await AddAsync(Row(0, "a"));
        using CancellationTokenSource stopped = new();
        await stopped.CancelAsync();
        Assert.Multiple(() =>
        {
            Assert.That(async () => await _spool.AddRowAsync(Row(1, "b"), stopped.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(async () => await _spool.ResolvedAsync(stopped.Token).ListAsync(), Throws.InstanceOf<OperationCanceledException>());
        });
    }

    [Test]
    public async Task An_empty_spool_gives_nothing()
    {
        await MatchAsync();
        await MatchAsync(User("a"));
        Assert.That((await ResolvedAsync(), await PlannedAsync(), _spool.RowCount),
            Is.EqualTo((ImmutableArray<ResolvedRow>.Empty, ImmutableArray<PlannedUser>.Empty, 0L)));
    }

    private Task<ImmutableArray<PlannedUser>> PlannedAsync() => _spool.PlannedAsync(default).ListAsync();
}
