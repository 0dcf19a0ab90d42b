using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Readiness;

public sealed class SnapshotTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public void What_is_kept_of_a_run_has_no_cell_under_ten_people_and_still_adds_up()
    {
        ReadinessSnapshot kept = Keep(("Sales", Band.OnlyPhone, 40), ("Sales", Band.Ready, 25), ("IT", Band.OnlyPhone, 3), ("IT", Band.Ready, 50),
            ("HR", Band.OnlyPhone, 4), ("HR", Band.Ready, 8), ("Board", Band.OnlyPhone, 9));
        Assert.That(kept.Departments.SelectMany(d => d.Values).Where(v => v is > 0 and < ReadinessSnapshot.SmallestCell), Is.Empty);
        Assert.That(kept.Departments.Select(d => d.Name), Is.EquivalentTo(new[] { "Sales", "HR", ReadinessSnapshot.MergedName }));
        Assert.That(kept.Departments.Sum(d => d.Values.Sum() + d.Merged), Is.EqualTo(139).And.EqualTo(kept.Bands.Total));
        Assert.That(kept.Departments.Single(d => d.Name == "HR"), Has.Property("Merged").EqualTo(12));
        Assert.That(kept.Departments.Single(d => d.Name == ReadinessSnapshot.MergedName).Values[(int)Band.OnlyPhone], Is.EqualTo(12), "IT and Board together");
    }

    [TestCase(9, 0, 9)]
    [TestCase(10, 10, 0)]
    public void A_cell_shows_ten_people_or_more(int people, long shown, long merged)
    {
        DepartmentCells cells = Keep(("Sales", Band.OnlyPhone, people), ("Sales", Band.Ready, 100)).Departments.Single();
        Assert.That((cells.Values[(int)Band.OnlyPhone], cells.Merged), Is.EqualTo((shown, merged)));
    }

    [TestCase(40, 40, false)]
    [TestCase(40, 41, true)]
    [TestCase(41, 40, false)]
    public void More_people_affected_than_last_time_is_worse(int before, int now, bool worse)
    {
        ReadinessChange change = new(Keep(("Sales", Band.OnlyPhone, before)), Keep(("Sales", Band.OnlyPhone, now)));
        Assert.That((change.IsWorse, change[Band.OnlyPhone]), Is.EqualTo((worse, (long)now - before)));
    }

    [Test]
    public void More_people_of_whom_nothing_is_known_is_worse_too() =>
        Assert.That(new ReadinessChange(Keep(("Sales", Band.Ready, 5)), Keep(("Sales", Band.Unknown, 5))).IsWorse, Is.True);

    [Test]
    public void Differences_to_the_report_are_counted_method_by_method()
    {
        ReportComparison comparison = new();
        comparison.Add(Person("a", PersonMethods.MobilePhone) with { Evidence = MethodsSource.Live }, PersonMethods.MobilePhone | PersonMethods.SoftwareOath);
        comparison.Add(Person("b", PersonMethods.Passkey) with { Evidence = MethodsSource.Live }, PersonMethods.AuthenticatorPasskey);
        comparison.Add(Person("c", PersonMethods.MobilePhone) with { Enabled = false, Evidence = MethodsSource.Live }, null);
        Assert.That((comparison.People, comparison.Missing, comparison.MissingDisabled, comparison.Different), Is.EqualTo((3L, 1L, 1L, 1L)));
        Assert.That(comparison.Differences, Does.Contain(new MethodDifference("mobilePhone", 2, 1))
            .And.Contain(new MethodDifference("softwareOneTimePasscode", 0, 1)));
    }

    private static ReadinessSnapshot Keep(params (string Department, Band Band, int People)[] rows)
    {
        ReadinessCounts counts = new();
        foreach ((string department, Band band, int people) in rows)
        {
            for (int i = 0; i < people; i++)
            {
                PersonMethods? methods = band switch
                {
                    Band.OnlyPhone => PersonMethods.MobilePhone,
                    Band.Ready => PersonMethods.Passkey,
                    Band.Unknown => null,
                    _ => throw new ArgumentOutOfRangeException(nameof(rows)),
                };
                PersonReadiness judged = ReadinessRules.Judge(Person("u" + i, methods) with { Department = department }, new ReadinessTerms { At = At });
                Assert.That(judged.Band, Is.EqualTo(band));
                counts.Add(judged);
            }
        }

        return ReadinessSnapshot.From(counts, "r1", At, live: false);
    }

    private static PersonFacts Person(string uid, PersonMethods? methods) => new()
    {
        Uid = uid, User = uid + "@contoso.com", Enabled = true, Methods = methods, Scope = PhoneScope.Sms, CertificateInScope = false,
        Default = DefaultMethod.None,
    };
}
