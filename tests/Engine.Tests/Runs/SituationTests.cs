using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;
using static ProvisioningConnector.Engine.Tests.Runs.Planned;

namespace ProvisioningConnector.Engine.Tests.Runs;

/// <summary>Every row has exactly one situation, by look-ups as by paging (docs/design.md#resolving-users, docs/sources.md,
/// docs/design.md#situations).</summary>
[TestFixture(50, Description = "Users are looked up one by one.")]
[TestFixture(0, Description = "The directory is paged.")]
public sealed class SituationTests(int smallSource)
{
    private static readonly DesiredMethods WantsOne = new() { Mobile = Managed.Value(Phone(1)) };

    [Test]
    public void Every_row_has_its_situation_and_they_add_up()
    {
        Planned planned = Make(Fill,
        [
            Row(0, "kim@contoso.com", WantsOne),
            Row(1, "ID-LEE", new() { Mobile = Managed.Value(Phone(2)) }),
            Row(2, "nobody@contoso.com", WantsOne),
            Row(3, "mail:shared@contoso.com", new() { Mobile = Managed.Value(Phone(13)) }),
            Row(4, "employeeId:77", new() { AlternateMobile = Managed.Value(Phone(3)) }),
            Row(5, "unreadable@contoso.com", new() { Mobile = Managed.Value(Phone(15)) }),
            Row(6, "jo@contoso.com", WantsOne, Diagnostic.Error("badNumber", "Not a number.")),
            Row(7, "", new() { Mobile = Managed.Value(Phone(17)) }),
            Row(8, "sam@contoso.com", new()),
        ]);
        Assert.That(Enumerable.Range(0, 9).Select(planned.Situation), Is.EqualTo(new[]
        {
            Situation.Changed, Situation.Equal, Situation.NotFound, Situation.Invalid, Situation.Invalid,
            Situation.NotRead, Situation.Invalid, Situation.Invalid, Situation.Equal,
        }));
        Summary sum = planned.Head.Summary;
        Assert.That(sum.Users, Is.EqualTo(9));
        Assert.That((sum.Changed, sum.Equal, sum.NotFound, sum.NotRead, sum.Invalid, sum.Held), Is.EqualTo((1L, 2L, 1L, 1L, 4L, 0L)));
        Assert.That(sum.Operations, Is.EqualTo(new OperationCounts(Add: 1)));
        Assert.That(planned.Head.Complete, Is.False);
        Assert.That(planned[3].Plan.Diagnostics.Single().Code, Is.EqualTo("ambiguousUser"));
        Assert.That(planned.Spool.All.Where(p => p.Plan.Situation is not (Situation.Equal or Situation.Changed))
            .SelectMany(p => p.Plan.Diagnostics).Where(d => d.Severity == Severity.Error).Select(d => d.Place), Has.None.Null);
    }

    [Test]
    public void Rows_that_name_one_user_by_different_names_are_all_refused_and_point_at_each_other()
    {
        Planned planned = Make(Fill,
            [Row(0, "kim@contoso.com", WantsOne), Row(1, "id-kim", WantsOne), Row(2, "EMPLOYEEID:42", WantsOne), Row(3, "jo@contoso.com", WantsOne)]);
        Assert.That(Enumerable.Range(0, 4).Select(planned.Situation),
            Is.EqualTo(new[] { Situation.Invalid, Situation.Invalid, Situation.Invalid, Situation.Changed }));
        Assert.That(planned[0].Plan.Diagnostics.Single(), Has.Property("Code").EqualTo("duplicateUser").And.Property("Message").Contains("people.csv:"));
        Assert.That(planned.Operations.Count(), Is.EqualTo(1));
    }

    [Test]
    public void Diagnostics_of_an_equal_user_are_diagnostics_of_the_plan_because_documents_do_not_list_the_user()
    {
        DesiredMethods asks = new() { Removals = [new Removal(MethodKind.Fido2, ["not-there"])] };
        Planned planned = Make(Fill, [Row(0, "sam@contoso.com", asks), Row(1, "lee@contoso.com", asks), Row(2, "kim@contoso.com", WantsOne)]);
        Assert.That(planned.Situation(0), Is.EqualTo(Situation.Equal));
        Assert.That(planned.Head.Diagnostics.Select(d => (d.Code, d.Place?.Row)),
            Is.EqualTo(new (string, long?)[] { ("methodNotThere", 2), ("methodNotThere", 3) }));
        Assert.That(planned.Head.Diagnostics[0].Message, Does.StartWith("sam@contoso.com: "));
    }

    [Test]
    public void A_row_in_error_makes_the_other_row_of_its_user_unsure_too()
    {
        Planned planned = Make(Fill, [Row(0, "kim@contoso.com", WantsOne), Row(1, "id-kim", WantsOne, Diagnostic.Error("badNumber", "Not a number."))]);
        Assert.That(planned.Operations, Is.Empty);
    }

    [Test]
    public void The_same_plan_comes_from_any_order_of_rows_and_any_width()
    {
        SourceRow[] rows = [.. Enumerable.Range(0,
            90).Select(n => Row(n, $"u{n}@contoso.com",
                new() { Mobile = Managed.Value(Phone(n % 40)), Office = n % 3 == 0 ? Managed.None<PhoneNumber>() : default }))];
        string[] expected = [.. Planned.Make(Many, rows, Settings(1)).Operations];
        Assert.That(expected, Is.Not.Empty);
        for (int seed = 1; seed <= 6; seed++)
        {
            SourceRow[] shuffled = [.. rows];
            new Random(seed).Shuffle(shuffled);
            IEnumerable<SourceRow> renumbered = shuffled.Select((r, i) => r with { Ordinal = i });
            Assert.That(Planned.Make(Many, renumbered, Settings(1 + (seed * 5))).Operations, Is.EqualTo(expected));
        }
    }

    private PlanSettings Settings(int width = 16) => new() { SmallSource = smallSource, ReadsInFlight = width };

    private Planned Make(Action<ModelTenant> fill, IEnumerable<SourceRow> rows) => Planned.Make(fill, rows, Settings());

    private static void Fill(ModelTenant tenant)
    {
        tenant.Add(new("id-kim", "kim@contoso.com", EmployeeId: "42"), CurrentMethods.Nothing);
        tenant.Add(new("id-lee", "lee@contoso.com"), CurrentMethods.Nothing with { Mobile = Slot(2) });
        tenant.Add(new("id-a", "a@contoso.com", Mail: "shared@contoso.com"), CurrentMethods.Nothing);
        tenant.Add(new("id-b", "b@contoso.com", Mail: "shared@contoso.com"), CurrentMethods.Nothing);
        tenant.Add(new("id-77", "x@contoso.com", EmployeeId: "77"), CurrentMethods.Nothing);
        tenant.Add(new("id-unreadable", "unreadable@contoso.com"), CurrentMethods.Nothing);
        tenant.Add(new("id-jo", "jo@contoso.com"), CurrentMethods.Nothing);
        tenant.Add(new("id-sam", "sam@contoso.com"), CurrentMethods.Nothing with { Mobile = Slot(5) });
        tenant.UnreadableUsers.Add("id-unreadable");
    }

    private static void Many(ModelTenant tenant)
    {
        for (int n = 0; n < 90; n++) tenant.Add(new($"id-{n}", $"u{n}@contoso.com"),
            CurrentMethods.Nothing with { Mobile = Slot(n % 5 == 0 ? n : null), Office = Slot(n) });
    }
}
