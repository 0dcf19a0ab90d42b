using System.Collections.Immutable;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Readiness;
using static ProvisioningConnector.Engine.Tests.Migration.People;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>How far invited people are (docs/retirement.md#prove), enumerated and compared with a table of its own.</summary>
public sealed class ProofTests
{
    private static readonly DateTimeOffset Invited = Day.AddDays(-20);

    private static readonly ImmutableArray<PersonMethods> Kinds =
    [
        PersonMethods.AuthenticatorPush, PersonMethods.Passkey, PersonMethods.WindowsHello, PersonMethods.MobilePhone, PersonMethods.Email,
        PersonMethods.TemporaryAccessPass, PersonMethods.QrCodePin, PersonMethods.UnknownKind,
    ];

    private static readonly ImmutableArray<int?> DaysAgo = [null, 30, 10, 1, -1];

    /// <summary>Every single method by kind, age and use, and nothing registered at all.</summary>
    private static IEnumerable<MethodUse?> Methods() =>
        Kinds.SelectMany(kind => DaysAgo.SelectMany(made => DaysAgo.Select(used => (MethodUse?)new MethodUse(kind, "m", Ago(made), Ago(used))))).Append(null);

    private static IEnumerable<PersonProof?> Earlier() =>
        Enum.GetValues<ProofState>().SelectMany(state => new[] { 1, 14, 20 }.SelectMany(days => new StallReason?[] { null, StallReason.MethodGone }
            .Select(stalled => (PersonProof?)new PersonProof(state, Day.AddDays(-days), stalled)))).Append(null);

    [Test]
    public void The_state_is_that_of_the_table_whatever_was_before()
    {
        foreach (MethodUse? method in Methods())
        {
            foreach (PersonProof? before in Earlier())
            {
                MigratingPerson person = Person(method);
                PersonProof next = Proof.Next(Invited, person, before, Terms);
                Assert.That(next.State, Is.EqualTo(Table(method, person)), $"{method} after {before}");
                Assert.That(next.Since, Is.EqualTo(before?.State == next.State ? before.Since : before is null && next.State == ProofState.Invited
                    ? Invited : Day));
            }
        }
    }

    [Test]
    public void No_one_is_proved_by_a_phone_a_pass_or_what_is_not_known()
    {
        foreach (MethodUse? method in Methods().Where(m => m is null || (m.Kind & MethodSets.Counted) == PersonMethods.None
            || m.CreatedAt is null || m.CreatedAt <= Invited))
        {
            Assert.That(Proof.Next(Invited, Person(method), null, Terms).State, Is.EqualTo(ProofState.Invited), $"{method}");
        }

        foreach (MethodUse? method in Methods().Where(m => m?.LastUsedAt is null))
        {
            Assert.That(Proof.Next(Invited, Person(method), null, Terms).State, Is.LessThan(ProofState.Used), $"{method}");
        }
    }

    [Test]
    public void A_sign_in_proves_use_where_it_fits_one_method_made_before_it_and_no_rule_of_cleanup_counts_it()
    {
        foreach (PersonMethods kind in Kinds)
        {
            foreach (int? made in DaysAgo)
            {
                foreach (int? signedIn in DaysAgo)
                {
                    foreach ((PersonMethods words, int ofThem) in new[] { (kind, 1), (kind, 2), (PersonMethods.None, 1), (PersonMethods.HardwareOath, 1) })
                    {
                        MethodUse method = new(kind, "m", Ago(made), null);
                        MigratingPerson person = Person(method) with { SignIns = signedIn is { } days ? [new SignInUse(words, Day.AddDays(-days))] : [] };
                        if (ofThem == 2) person = person with { Registered = person.Registered!.Value.Add(method with { Id = "n" }) };

                        ProofState state = Proof.Next(Invited, person, null, Terms).State;

                        bool counts = (kind & MethodSets.Counted) != PersonMethods.None && made is 10 or 1;
                        bool used = counts && words == kind && ofThem == 1 && signedIn is { } at && at >= 0 && at <= made;
                        Assert.That(state, Is.EqualTo(used ? ProofState.Used : counts ? ProofState.Registered : ProofState.Invited),
                            $"{kind} made {made}, signed in {signedIn} with {words}, {ofThem}");
                        Assert.That(CleanupRules.Judge(person, Terms).Held?.Code,
                            Is.EqualTo(CleanupRules.Judge(person with { SignIns = [] }, Terms).Held?.Code));
                    }
                }
            }
        }
    }

    [TestCase(true, 10, ExpectedResult = ProofState.Used)]
    [TestCase(true, 1, ExpectedResult = ProofState.Registered, Description = "made after the proof")]
    [TestCase(false, 10, ExpectedResult = ProofState.Registered)]
    public ProofState What_sign_ins_proved_stays_proved_when_the_log_has_forgotten_it(bool signIns, int made)
    {
        MigrationTerms terms = Terms with { Settings = Terms.Settings with { SignIns = signIns } };
        MigratingPerson person = Person(new MethodUse(PersonMethods.Passkey, "m", Ago(made), null));

        return Proof.Next(Invited, person, new PersonProof(ProofState.Used, Day.AddDays(-5), null), terms).State;
    }

    [Test]
    public void A_phone_is_removable_exactly_where_cleanup_would_remove_all_phones()
    {
        foreach (DateTimeOffset at in new[] { Day.AddDays(-20), Day, Day.AddDays(31) })
        {
            MigrationTerms terms = Terms with { At = at };
            MigratingPerson person = Ready.With(Phone(PersonMethods.MobilePhone), Used(PersonMethods.AuthenticatorPush, daysOld: 40));
            ProofState state = Proof.Next(Day.AddDays(-60), person, null, terms).State;
            bool removable = CleanupRules.Judge(person, terms).Held is null;
            Assert.That(state == ProofState.PhoneRemovable, Is.EqualTo(removable), $"{at}");
        }
    }

    [Test]
    public void What_cannot_be_read_changes_nothing_and_stalls()
    {
        foreach (PersonProof? before in Earlier())
        {
            foreach (MigratingPerson? person in new[] { null, Ready with { Registered = null } })
            {
                PersonProof next = Proof.Next(Invited, person, before, Terms);
                Assert.That(next, Is.EqualTo((before ?? new PersonProof(ProofState.Invited, Invited, null)) with { Stalled = StallReason.Unreadable }));
            }
        }
    }

    [TestCase(ProofState.Invited, ProofState.Invited, 13, ExpectedResult = null)]
    [TestCase(ProofState.Invited, ProofState.Invited, 14, ExpectedResult = StallReason.NotRegistered)]
    [TestCase(ProofState.Registered, ProofState.Registered, 13, ExpectedResult = null)]
    [TestCase(ProofState.Registered, ProofState.Registered, 14, ExpectedResult = StallReason.NotUsed)]
    [TestCase(ProofState.Registered, ProofState.Invited, 1, ExpectedResult = StallReason.MethodGone)]
    [TestCase(ProofState.PhoneRemovable, ProofState.Invited, 1, ExpectedResult = StallReason.MethodGone)]
    [TestCase(ProofState.PhoneRemovable, ProofState.Used, 1, ExpectedResult = null)]
    [TestCase(ProofState.Used, ProofState.Used, 14, ExpectedResult = StallReason.Held)]
    public StallReason? People_who_get_no_further_are_stalled_with_a_reason(ProofState before, ProofState now, int days)
    {
        MigratingPerson person = now switch
        {
            ProofState.Invited => Person(null),
            ProofState.Registered => Person(new MethodUse(PersonMethods.Passkey, "m", Day.AddDays(-16), null)),
            // Windows Hello alone is never enough.
            ProofState.Used => Person(new MethodUse(PersonMethods.WindowsHello, "m", Day.AddDays(-16), Day.AddDays(-1))),
            ProofState.PhoneRemovable => Ready,
        };
        PersonProof next = Proof.Next(Invited, person, new PersonProof(before, Day.AddDays(-days), null), Terms);
        Assert.That(next.State, Is.EqualTo(now));
        return next.Stalled;
    }

    [Test]
    public void Before_the_date_of_cleanup_a_person_who_uses_the_method_only_waits()
    {
        MigrationTerms early = Terms with { At = Day.AddDays(-10) };
        MigratingPerson person = Person(new MethodUse(PersonMethods.Passkey, "m", Day.AddDays(-25), Day.AddDays(-11)));
        PersonProof next = Proof.Next(Day.AddDays(-30), person, new PersonProof(ProofState.Used, Day.AddDays(-24), null), early);
        Assert.That((next.State, next.Stalled), Is.EqualTo((ProofState.Used, (StallReason?)null)));
    }

    [TestCase(false)]
    [TestCase(null)]
    public void A_disabled_account_or_one_never_used_is_stalled_at_once(bool? enabled)
    {
        MigratingPerson person = Person(null).With(facts => enabled is false ? facts with { Enabled = false } : facts with { LastSignIn = null });
        Assert.That(Proof.Next(Day, person, null, Terms).Stalled, Is.EqualTo(StallReason.AccountUnused));
    }

    [Test]
    public void A_method_that_is_gone_stays_a_reason_until_it_is_back()
    {
        PersonProof gone = Proof.Next(Invited, Person(null), new PersonProof(ProofState.Used, Day.AddDays(-3), null), Terms);
        PersonProof later = Proof.Next(Invited, Person(null), gone, Terms with { At = Day.AddDays(1) });
        PersonProof back = Proof.Next(Invited, Person(new MethodUse(PersonMethods.Passkey, "m", Day, null)), later, Terms with { At = Day.AddDays(2) });
        Assert.That((gone.Stalled, later.Stalled, back.Stalled), Is.EqualTo(((StallReason?)StallReason.MethodGone, (StallReason?)StallReason.MethodGone,
            (StallReason?)null)));
        Assert.That((gone.State, back.State), Is.EqualTo((ProofState.Invited, ProofState.Registered)));
    }

    private static MigratingPerson Person(MethodUse? method) =>
        method is null ? Ready.With(Phone(PersonMethods.MobilePhone)) : Ready.With(Phone(PersonMethods.MobilePhone), method);

    /// <summary>Written from the page, not from the code: made after the invitation and before now, counted; used since it was made.</summary>
    private static ProofState Table(MethodUse? method, MigratingPerson person)
    {
        bool counts = method?.Kind is PersonMethods.AuthenticatorPush or PersonMethods.Passkey or PersonMethods.WindowsHello;
        if (!counts || method?.CreatedAt is not { } made || made <= Invited || made > Day) return ProofState.Invited;
        if (method.LastUsedAt is not { } used || used < made || used > Day) return ProofState.Registered;
        return CleanupRules.Judge(person, Terms).Held is null ? ProofState.PhoneRemovable : ProofState.Used;
    }

    private static DateTimeOffset? Ago(int? days) => days is { } known ? Day.AddDays(-known) : null;
}
