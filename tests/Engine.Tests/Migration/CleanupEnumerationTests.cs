using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>All sets of methods, each old, new, unused or stale, with every fact known, unknown and against it: what may go is what the table says.</summary>
public sealed class CleanupEnumerationTests
{
    private static readonly PersonMethods[] Kinds =
    [
        PersonMethods.AuthenticatorPush, PersonMethods.SoftwareOath, PersonMethods.Passkey, PersonMethods.WindowsHello, PersonMethods.PlatformCredential,
        PersonMethods.External,
    ];

    private static readonly Func<MigratingPerson, MigratingPerson>[] Variants =
    [
        person => person,
        person => person with { Registered = null },
        person => person with { PasswordSetAt = null },
        person => person with { PasswordSetAt = People.Day.AddHours(-23) },
        person => person with { PasswordSetAt = People.Day.AddHours(-25) },
        person => person with { Registered = person.Registered?.Add(People.Used(PersonMethods.TemporaryAccessPass, daysOld: 0)) },
        person => person with { Registered = person.Registered?.Add(People.Used(PersonMethods.TemporaryAccessPass, daysOld: 2)) },
        person => person with { Registered = person.Registered?.Add(new MethodUse(PersonMethods.TemporaryAccessPass, "t", null, null)) },
        person => person with { Registered = person.Registered?.RemoveAll(m => m.Kind == PersonMethods.Email) },
        person => person with { Registered = person.Registered?.Add(People.Used(PersonMethods.UnknownKind)).Add(People.Used(PersonMethods.QrCodePin)) },
        person => person.With(f => f with { Excluded = true }),
        person => person.With(f => f with { OnLeave = true }),
        person => person.With(f => f with { Enabled = false }),
        person => person.With(f => f with { Enabled = null }),
        person => person.With(f => f with { LastSignIn = null }),
        person => person.With(f => f with { LastSignInRead = false }),
        person => person.With(f => f with { Privilege = Privilege.Unknown }),
        person => person.With(f => f with { Privilege = Privilege.GlobalAdministrator }),
        person => person.With(f => f with { Privilege = Privilege.Eligible }),
        person => person.With(f => f with { Kind = AccountKind.ExternalGuest }),
        person => person.With(f => f with { Kind = AccountKind.InternalGuest }),
        person => person.With(f => f with { KindIsCertain = false }),
        person => person.With(f => f with { Provider = TelephonyChannels.Voice }),
        person => person.With(f => f with { Provider = null }),
        person => person.With(f => f with { OnPremisesMfa = true }),
        person => person.With(f => f with { OnPremisesMfa = null }),
        person => person.With(f => f with { SmsSignIn = true }),
        person => person.With(f => f with { SmsSignIn = null }),
        person => person.With(f => f with { ResetEnabled = false }),
        person => person.With(f => f with { ResetEnabled = null }),
    ];

    [Test]
    public void What_may_go_is_what_the_table_says()
    {
        CleanupTable table = new();
        int allowed = 0;
        foreach (MethodUse[] methods in MethodSets(Kinds))
        {
            for (int first = 0; first < Variants.Length; first++)
            {
                // A second deviation beside the first, another one for each set.
                int second = (first * 7 + methods.Length) % Variants.Length;
                MigratingPerson person = Variants[second](Variants[first](People.Ready.With(
                    [People.Phone(PersonMethods.MobilePhone), People.Registered(PersonMethods.Email), .. methods])));

                string phones = CleanupTable.Text(CleanupRules.Judge(person, People.Terms));

                string expected = table.Phones(person, People.Day);
                if (phones != expected) Assert.Fail($"'{phones}' instead of '{expected}', variants {first} and {second}: {person}");
                if (phones.Length > 0) allowed++;
            }
        }

        Assert.That(allowed, Is.GreaterThan(1000));
        Assert.That(table.UnusedRows, Is.Empty);
    }

    [Test]
    public void A_phone_that_stays_has_a_reason_and_one_that_goes_has_none()
    {
        foreach (MethodUse[] methods in MethodSets(Kinds))
        {
            CleanupVerdict verdict = CleanupRules.Judge(People.Ready.With(methods), People.Terms);
            if (verdict.MayGo.Length < 3) Assert.That(verdict.Held, Is.Not.Null);
            else Assert.That(verdict.Held, Is.Null);
        }
    }

    /// <summary>Each kind absent, in use and old, in use and new, stale, or unused; the last two take turns.</summary>
    internal static IEnumerable<MethodUse[]> MethodSets(PersonMethods[] kinds)
    {
        int sets = (int)Math.Pow(4, kinds.Length);
        for (int set = 0; set < sets; set++)
        {
            List<MethodUse> methods = [];
            for (int i = 0, rest = set; i < kinds.Length; i++, rest /= 4)
            {
                MethodUse? method = (rest % 4) switch
                {
                    0 => null,
                    1 => People.Used(kinds[i]),
                    2 => People.Used(kinds[i], daysOld: 6),
                    _ => (set + i) % 2 == 0 ? People.Used(kinds[i], usedDaysAgo: 31) : People.Registered(kinds[i]),
                };
                if (method is not null) methods.Add(method);
            }

            yield return [.. methods];
        }
    }
}
