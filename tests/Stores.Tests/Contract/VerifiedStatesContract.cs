using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every memory of verified states keeps to.</summary>
public abstract class VerifiedStatesContract
{
    private const string Tenant = "5a17b0c5-0000-4000-8000-c0ffee5a17b0";
    private static readonly DateTimeOffset Night = new(2026, 3, 1, 2, 0, 0, 123, TimeSpan.FromHours(1));
    private IVerifiedStates _states = null!;

    [SetUp]
    public async Task Open() => _states = await MakeAsync();

    protected abstract Task<IVerifiedStates> MakeAsync();

    /// <summary>The same memory as a later process finds it.</summary>
    protected abstract Task<IVerifiedStates> LaterAsync(IVerifiedStates states);

    [Test]
    public async Task A_state_comes_back_as_saved()
    {
        VerifiedState saved = State("a") with
        {
            Presence = MethodPresence.Mobile | MethodPresence.Authenticator,
            Own = new OwnWrites(Night, Night.AddSeconds(9)),
            Parts = [new PartDigest(ManagedValue.Mobile, new StateDigest(UInt128.MaxValue), Night.ToUniversalTime()),
                new PartDigest(ManagedValue.Email, new StateDigest(7), Night.AddDays(-3).ToUniversalTime())],
            Attempted = ManagedValues.Office | ManagedValues.RemovalsWanted,
            IsSettled = false,
            Held = [new HeldSince(Part.Phones, true, Night.ToUniversalTime()), new HeldSince(Part.QrCodePin, false, Night.AddTicks(1).ToUniversalTime())],
        };
        await _states.SaveAsync(Tenant, [saved], default);
        _states = await LaterAsync(_states);
        VerifiedState back = (await FindAsync("a"))!;
        Assert.That(back with { Parts = [], Held = [] }, Is.EqualTo(saved with { Parts = [], Held = [] }));
        Assert.That(back.Parts, Is.EqualTo(saved.Parts));
        Assert.That(back.Held, Is.EqualTo(saved.Held));
        await _states.SaveAsync(Tenant, [saved with { Held = [] }], default);
        Assert.That((await FindAsync("a"))!.Held, Is.Empty);
    }

    [Test]
    public async Task Nothing_is_remembered_of_unknown_users_and_of_other_tenants()
    {
        await _states.SaveAsync(Tenant, [State("a")], default);
        Assert.Multiple(async () =>
        {
            Assert.That(await FindAsync("b"), Is.Null);
            Assert.That(await _states.FindAsync("other", ["a"], default), Is.Empty);
            Assert.That(await _states.AnyAsync(Tenant, default), Is.True);
            Assert.That(await _states.AnyAsync("other", default), Is.False);
        });
    }

    [Test]
    public async Task Ids_are_compared_ignoring_case()
    {
        await _states.SaveAsync(Tenant.ToUpperInvariant(), [State("aBc")], default);
        ImmutableDictionary<string, VerifiedState> found = await _states.FindAsync(Tenant, ["AbC"], default);
        Assert.That(found.ContainsKey("abc"), Is.True);
    }

    [Test]
    public async Task A_later_state_replaces_an_earlier_one_but_keeps_signs_and_own_writes()
    {
        OwnWrites own = new(Night, Night.AddMinutes(1));
        OutsideSigns signs = new(Night.AddHours(1), Night.AddHours(2), MethodPresence.None);
        await _states.SaveAsync(Tenant, [State("a") with { Own = own }], default);
        await _states.NoteAsync(Tenant, [new SignedUser("A", signs)], default);
        await _states.SaveAsync(Tenant, [State("a", row: 2) with { VerifiedAt = Night.AddDays(1) }], default);
        VerifiedState back = (await FindAsync("a"))!;
        Assert.That((back.Row, back.VerifiedAt, back.Own, back.Signs), Is.EqualTo((new StateDigest(2), Night.AddDays(1), (OwnWrites?)own, signs)));
    }

    [Test]
    public async Task Signs_of_unknown_users_are_left_aside()
    {
        await _states.NoteAsync(Tenant, [new SignedUser("a", new OutsideSigns(Night, null, null))], default);
        Assert.That(await FindAsync("a"), Is.Null);
        await _states.SaveAsync(Tenant, [State("a")], default);
        Assert.That((await FindAsync("a"))!.Signs, Is.EqualTo(default(OutsideSigns)));
    }

    [Test]
    public async Task Signs_can_be_taken_back()
    {
        await _states.SaveAsync(Tenant, [State("a")], default);
        await _states.NoteAsync(Tenant, [new SignedUser("a", new OutsideSigns(Night, Night, MethodPresence.Office))], default);
        await _states.NoteAsync(Tenant, [new SignedUser("a", default)], default);
        Assert.That((await FindAsync("a"))!.Signs, Is.EqualTo(default(OutsideSigns)));
    }

    [Test]
    public async Task An_unsettled_user_stays_so_until_a_state_is_saved_again()
    {
        await _states.SaveAsync(Tenant, [State("a")], default);
        await _states.UnsettleAsync(Tenant, ["A", "unknown"], default);
        _states = await LaterAsync(_states);
        Assert.That((await FindAsync("a"))!.IsSettled, Is.False);
        Assert.That(await FindAsync("unknown"), Is.Null);
        Assert.That(await _states.AnyAsync(Tenant, default), Is.False);
        await _states.SaveAsync(Tenant, [State("a")], default);
        Assert.That((await FindAsync("a"))!.IsSettled, Is.True);
    }

    [Test]
    public async Task What_a_run_is_about_to_write_adds_up_until_a_state_is_saved_again()
    {
        await _states.SaveAsync(Tenant, [State("a"), State("b")], default);
        await _states.AttemptAsync(Tenant, [new AttemptedUser("A", ManagedValues.Mobile), new AttemptedUser("unknown", ManagedValues.Email)], default);
        await _states.AttemptAsync(Tenant, [new AttemptedUser("a", ManagedValues.Office | ManagedValues.Mobile)], default);
        _states = await LaterAsync(_states);
        VerifiedState attempted = (await FindAsync("a"))!;
        Assert.That((attempted.Attempted, attempted.IsSettled), Is.EqualTo((ManagedValues.Mobile | ManagedValues.Office, false)));
        Assert.That(await FindAsync("unknown"), Is.Null);
        Assert.That(((await FindAsync("b"))!.Attempted, (await FindAsync("b"))!.IsSettled), Is.EqualTo((ManagedValues.None, true)));
        await _states.SaveAsync(Tenant, [State("a")], default);
        Assert.That((await FindAsync("a"))!.Attempted, Is.EqualTo(ManagedValues.None));
    }

    [Test]
    public async Task A_name_stays_with_the_user_who_had_it_first_until_another_takes_it()
    {
        await _states.SaveAsync(Tenant, [State("a") with { Name = "kim@contoso.com" }, State("c") with { Name = "lee@contoso.com" }, State("d")], default);
        await _states.SaveAsync(Tenant, [State("b") with { Name = "KIM@contoso.com" }], default);
        _states = await LaterAsync(_states);
        NamedUser[] asked = [new("Kim@contoso.com", "b"), new("lee@contoso.com", "C"), new("new@contoso.com", "d")];
        Assert.That(await _states.MovedNamesAsync(Tenant, [.. asked], default), Is.EquivalentTo(new[] { "Kim@contoso.com" }));
        Assert.That(await _states.MovedNamesAsync("other", [.. asked], default), Is.Empty);
        await _states.SaveAsync(Tenant, [State("b") with { Name = "kim@contoso.com", TakesName = true }], default);
        Assert.That(await _states.MovedNamesAsync(Tenant, [.. asked], default), Is.Empty);
        Assert.That(await _states.MovedNamesAsync(Tenant, [new("kim@contoso.com", "a")], default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_user_keeps_an_old_name_too()
    {
        await _states.SaveAsync(Tenant, [State("a") with { Name = "kim@contoso.com" }], default);
        await _states.SaveAsync(Tenant, [State("a") with { Name = "kim.new@contoso.com" }], default);
        Assert.That(await _states.MovedNamesAsync(Tenant, [new("kim@contoso.com", "b"), new("kim.new@contoso.com", "a")], default),
            Is.EquivalentTo(new[] { "kim@contoso.com" }));
    }

    [Test]
    public async Task A_tenant_is_forgotten_and_others_are_not()
    {
        foreach (string tenant in new[] { Tenant, "other" })
        {
            await _states.SaveAsync(tenant, [State("a") with { Name = "kim@contoso.com" }], default);
            await _states.KeepAuditReadAsync(tenant, Night, default);
        }

        await _states.ForgetAsync(Tenant, default);
        _states = await LaterAsync(_states);
        Assert.That((await FindAsync("a"), await _states.AuditReadAsync(Tenant, default), await _states.AnyAsync(Tenant, default)),
            Is.EqualTo(((VerifiedState?)null, (DateTimeOffset?)null, false)));
        Assert.That(await _states.MovedNamesAsync(Tenant, [new("kim@contoso.com", "b")], default), Is.Empty);
        Assert.That(await _states.AnyAsync("other", default), Is.True);
        Assert.That(await _states.MovedNamesAsync("other", [new("kim@contoso.com", "b")], default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_thousand_users_are_one_call_and_more_are_refused()
    {
        ImmutableArray<VerifiedState> many = [.. Enumerable.Range(0, IVerifiedStates.MaxUsers).Select(i => State("u" + i, (uint)i))];
        await _states.SaveAsync(Tenant, many, default);
        ImmutableDictionary<string, VerifiedState> found = await _states.FindAsync(Tenant, [.. many.Select(s => s.Uid)], default);
        Assert.That(found.Values.Select(s => s.Row).Order(Comparer<StateDigest>.Create((a, b) => a.Value.CompareTo(b.Value))),
            Is.EqualTo(many.Select(s => s.Row)));
        Assert.That(async () => await _states.SaveAsync(Tenant, many.Add(State("x")), default), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(async () => await _states.FindAsync(Tenant, [.. many.Add(State("x")).Select(s => s.Uid)], default),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task The_moment_of_the_audit_log_is_kept_per_tenant()
    {
        Assert.That(await _states.AuditReadAsync(Tenant, default), Is.Null);
        await _states.KeepAuditReadAsync(Tenant, Night, default);
        _states = await LaterAsync(_states);
        Assert.That(await _states.AuditReadAsync(Tenant, default), Is.EqualTo(Night));
        Assert.That(await _states.AuditReadAsync("other", default), Is.Null);
    }

    private static VerifiedState State(string uid, uint row = 1) => new(uid, new StateDigest(row), new StateDigest(9), MethodPresence.Mobile, Night);

    private async Task<VerifiedState?> FindAsync(string uid) => (await _states.FindAsync(Tenant, [uid], default)).GetValueOrDefault(uid);
}
