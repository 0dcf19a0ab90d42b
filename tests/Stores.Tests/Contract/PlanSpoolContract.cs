using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Tests.Samples;
using static ProvisioningConnector.Stores.Tests.Samples.Sample;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every plan spool keeps to.</summary>
public abstract partial class PlanSpoolContract
{
    private IPlanSpool _spool = null!;

    [SetUp]
    public void Open() => _spool = Make();

    [TearDown]
    public async Task Close() => await _spool.DisposeAsync();

    protected abstract IPlanSpool Make();

    [Test]
    public async Task Rows_come_back_in_source_order_whatever_the_order_of_adding()
    {
        long[] ordinals = [7, 0, long.MaxValue, 3_000_000_000, 1];
        foreach (long ordinal in ordinals) await AddAsync(Row(ordinal, "u" + ordinal));
        Assert.That(_spool.RowCount, Is.EqualTo(5));
        Assert.That((await ResolvedAsync()).Select(r => r.Row.Ordinal), Is.EqualTo(ordinals.Order()));
    }

    [Test]
    public async Task A_row_comes_back_exactly_as_it_was_added()
    {
        SourceRow row = Row(3, "a@contoso.com", "+44 7700900123") with
        {
            AsOf = Noon,
            Diagnostics = [Diagnostic.Warning("odd", "Something is odd.", new Place("list.csv", 5, "mobile"))],
        };
        await AddAsync(row);
        Assert.That(Deep.Text((await ResolvedAsync())[0].Row), Is.EqualTo(Deep.Text(row)));
    }

    [Test]
    public async Task An_ordinal_cannot_be_added_twice()
    {
        await AddAsync(Row(1, "a"));
        Assert.That(async () => await AddAsync(Row(1, "b")), Throws.InvalidOperationException);
        Assert.That(_spool.RowCount, Is.EqualTo(1));
    }

    [TestCase("UID-1")]
    [TestCase("ANNA@Contoso.COM")]
    [TestCase("employeeid: e-ä7")]
    [TestCase("mail: ANNA.Æ@contoso.com")]
    public async Task A_key_names_its_user_ignoring_case(string cell)
    {
        await AddAsync(Row(0, cell));
        await MatchAsync(User("uid-2", "bert@contoso.com", "bert@contoso.com", "E-8"), User("uid-1", "anna@contoso.com", "anna.æ@contoso.com", "E-Ä7"));
        ResolvedRow row = (await ResolvedAsync())[0];
        Assert.Multiple(() =>
        {
            Assert.That(row.Matches, Is.EqualTo(1));
            Assert.That(row.User, Is.EqualTo(User("uid-1", "anna@contoso.com", "anna.æ@contoso.com", "E-Ä7")));
        });
    }

    [TestCase("employeeId:anna@contoso.com")]
    [TestCase("mail:uid-1")]
    [TestCase("E1")]
    public async Task A_key_of_one_kind_is_not_found_among_another(string cell)
    {
        await AddAsync(Row(0, cell));
        await MatchAsync(User("uid-1", "anna@contoso.com", "m@contoso.com", "E1"));
        ResolvedRow row = (await ResolvedAsync())[0];
        Assert.That((row.Matches, row.User, row.RowsOfUser), Is.EqualTo((0, (DirectoryUser?)null, 0)));
    }

    [Test]
    public async Task A_key_of_several_users_resolves_to_none_and_says_how_many()
    {
        await AddAsync(Row(0, "employeeId:E1"));
        await MatchAsync(User("a", employee: "E1"));
        await MatchAsync(User("b", employee: "e1"), User("A", employee: "E1"));
        ResolvedRow row = (await ResolvedAsync())[0];
        Assert.That((row.Matches, row.User), Is.EqualTo((2, (DirectoryUser?)null)));
    }

    [Test]
    public async Task A_user_found_for_a_key_is_tied_to_its_rows()
    {
        await AddAsync(Row(0, "mail:x@contoso.com"));
        await AddAsync(Row(1, "MAIL: X@contoso.com"));
        await AddAsync(Row(2, "other"));
        await _spool.MatchAsync(new UserKey(UserKeyKind.Mail, "x@CONTOSO.com"), [User("a")], default);
        await _spool.MatchAsync(new UserKey(UserKeyKind.Name, "other"), [], default);
        Assert.That((await ResolvedAsync()).Select(r => r.User?.Uid), Is.EqualTo(new[] { "a", "a", null }));
    }

    [Test]
    public async Task Keys_are_reported_once_in_row_order()
    {
        foreach ((string? cell, int at) in new[] { "b@c.d", null, "employeeId:1", "B@C.D",
            "mail:b@c.d" }.Select((cell, at) => (cell, at))) await AddAsync(Row(at, cell));
        ImmutableArray<UserKey> keys = await _spool.KeysAsync(default).ListAsync();
        Assert.That(keys.Select(key => key.ToString()), Is.EqualTo(new[] { "b@c.d", "employeeId:1", "mail:b@c.d" }));
    }

    [Test]
    public async Task Rows_that_name_one_user_by_different_keys_know_of_each_other()
    {
        await AddAsync(Row(0, "uid-1"));
        await AddAsync(Row(1, "bert@contoso.com"));
        await AddAsync(Row(2, "mail:anna@contoso.com"));
        await AddAsync(Row(3, "employeeId:E1"));
        await MatchAsync(User("uid-1", "anna@contoso.com", "anna@contoso.com", "E1"), User("uid-2", "bert@contoso.com"));
        ImmutableArray<ResolvedRow> rows = await ResolvedAsync();
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(r => r.RowsOfUser), Is.EqualTo(new[] { 3, 1, 3, 3 }));
            Assert.That(rows[1].OtherPlace, Is.Null);
            Assert.That(rows.Where((_, i) => i != 1).Select(r => r.OtherPlace), Has.None.Null);
            Assert.That(rows.Where(r => r.OtherPlace is not null && r.OtherPlace == r.Row.Place), Is.Empty);
        });
    }

    [Test]
    public async Task A_row_whose_key_names_several_users_is_no_duplicate()
    {
        await AddAsync(Row(0, "a"));
        await AddAsync(Row(1, "employeeId:E1"));
        await MatchAsync(User("a", employee: "E1"), User("b", employee: "E1"));
        Assert.That((await ResolvedAsync()).Select(r => r.RowsOfUser), Is.EqualTo(new[] { 1, 0 }));
    }

    private ValueTask AddAsync(SourceRow row) => _spool.AddRowAsync(row, default);

    private ValueTask MatchAsync(params DirectoryUser[] users) => _spool.MatchAsync([.. users], default);

    private Task<ImmutableArray<ResolvedRow>> ResolvedAsync() => _spool.ResolvedAsync(default).ListAsync();

    private ValueTask SaveAsync(ResolvedRow row, Situation situation) =>
        _spool.SaveAsync(new PlannedUser(row.Row, row.User, null, Plan(situation)), default);
}
