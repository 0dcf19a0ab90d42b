using System.Collections.Immutable;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>
/// All sets of methods, all sets of phones, all orders in which they can be removed, and something that happens before any of the removals: a method
/// vanishes, goes stale or loses its use, a pass is given, the account is disabled. No instant leaves a person below the rules.
/// </summary>
public sealed class CleanupOrderTests
{
    private static readonly PersonMethods[] Kinds =
        [PersonMethods.AuthenticatorPush, PersonMethods.Passkey, PersonMethods.WindowsHello, PersonMethods.External];

    private static readonly (PhoneType Slot, PersonMethods Method)[] Phones =
    [
        (PhoneType.Mobile, PersonMethods.MobilePhone), (PhoneType.AlternateMobile, PersonMethods.AlternateMobilePhone),
        (PhoneType.Office, PersonMethods.OfficePhone),
    ];

    private static readonly (PhoneType Slot, PersonMethods Method)[][] Orders = [.. AllOrders([], Phones)];

    [Test]
    public void No_instant_leaves_a_person_below_the_rules()
    {
        CleanupTable table = new();
        (int removed, int kept) = (0, 0);
        foreach (MethodUse[] methods in CleanupEnumerationTests.MethodSets(Kinds))
            foreach ((PhoneType Slot, PersonMethods Method)[] order in Orders)
                foreach ((int at, Func<MigratingPerson, MigratingPerson> happens) in Events(order.Length, methods.Length))
                {
                    MigratingPerson person = People.Ready.With(
                        [.. order.Select(phone => People.Phone(phone.Method)), People.Registered(PersonMethods.Email), .. methods]);
                    for (int i = 0; i < order.Length; i++)
                    {
                        if (i == at) person = happens(person);
                        if (CleanupRules.Judge(person, People.Terms).For(order[i].Slot) is not null)
                        {
                            kept++;
                            continue;
                        }

                        removed++;
                        MethodUse[] left = [.. (person.Registered ?? []).Where(m => m.Kind != order[i].Method)];
                        person = person.With(left);
                        if (!IsSafe(left) || !table.Phones(person, People.Day).Contains(Letter(order[i].Slot), StringComparison.Ordinal))
                        {
                            Assert.Fail($"{order[i].Slot} was removed and left: {string.Join(", ", left.Select(m => m.ToString()))}");
                        }
                    }
                }

        Assert.That(removed, Is.GreaterThan(10_000));
        Assert.That(kept, Is.GreaterThan(10_000));
    }

    /// <summary>In use within 30 days, on more than one device, a week old: one such method is the least that a person keeps.</summary>
    private static bool IsSafe(MethodUse[] left) => left.Any(m =>
        m.Kind is PersonMethods.AuthenticatorPush or PersonMethods.Passkey or PersonMethods.External
        && m.LastUsedAt >= People.Day.AddDays(-30) && m.CreatedAt <= People.Day.AddDays(-7));

    /// <summary>What may happen before the removal of that number.</summary>
    private static IEnumerable<(int At, Func<MigratingPerson, MigratingPerson> Happens)> Events(int phones, int methods)
    {
        yield return (0, static person => person);
        for (int at = 0; at < phones; at++)
        {
            yield return (at, static person => person.With(f => f with { Enabled = false }));
            yield return (at, static person => person with { Registered = person.Registered?.Add(People.Used(PersonMethods.TemporaryAccessPass, daysOld: 0)) });
            for (int one = 0; one < methods; one++)
            {
                int place = one;
                yield return (at, person => Changed(person, place, static _ => null));
                yield return (at, person => Changed(person, place, static m => m with { LastUsedAt = null }));
                yield return (at, person => Changed(person, place, static m => m with { LastUsedAt = People.Day.AddDays(-30).AddSeconds(-1) }));
            }
        }
    }

    private static MigratingPerson Changed(MigratingPerson person, int place, Func<MethodUse, MethodUse?> change)
    {
        MethodUse[] others = [.. (person.Registered ?? []).Where(m => Kinds.Contains(m.Kind))];
        ImmutableArray<MethodUse> rest = (person.Registered ?? []).Remove(others[place]);
        return person with { Registered = change(others[place]) is { } changed ? rest.Add(changed) : rest };
    }

    /// <summary>Of every set of phones every order in which the alternate mobile does not outlive the mobile.</summary>
    private static IEnumerable<(PhoneType Slot, PersonMethods Method)[]> AllOrders(
        (PhoneType Slot, PersonMethods Method)[] begun, (PhoneType Slot, PersonMethods Method)[] left)
    {
        if (begun.Length > 0) yield return begun;
        foreach ((PhoneType Slot, PersonMethods Method) next in left)
        {
            if (next.Slot == PhoneType.AlternateMobile && begun.Any(static p => p.Slot == PhoneType.Mobile)) continue;
            foreach ((PhoneType Slot, PersonMethods Method)[] order in AllOrders([.. begun, next], [.. left.Where(p => p != next)])) yield return order;
        }
    }

    private static string Letter(PhoneType slot) => slot switch
    {
        PhoneType.Mobile => "m",
        PhoneType.AlternateMobile => "a",
        PhoneType.Office => "o",
    };
}
