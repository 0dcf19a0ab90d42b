using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;
using static ProvisioningConnector.Engine.Tests.Runs.Planned;

namespace ProvisioningConnector.Engine.Tests.Runs;

/// <summary>What guardrails hold of whom (docs/safety.md#guardrails).</summary>
public sealed class HoldTests
{
    private static readonly GuardrailLimits Loose = new()
    {
        MaxDeletes = Limit.None, MaxUpdates = Limit.None,
        MaxAdds = Limit.None, MaxLastPhone = Limit.None, SharedNumber = 1000
    };

    [Test]
    public void A_shared_number_holds_the_phones_of_those_who_would_change_and_nothing_else()
    {
        DesiredMethods shared = new() { Mobile = Managed.Value(Phone(1)), Email = Managed.Value("new@contoso.com") };
        Planned planned = Make(tenant => Users(tenant, 6,
            n => CurrentMethods.Nothing with { Mobile = n == 0 ? Slot(1) : default, Email = n == 0 ? new("mail", "new@contoso.com") : null }),
        [
            Row(0, "id-0", shared), Row(1, "id-1", shared), Row(2, "id-2", shared),
            Row(3, "id-3", new() { Mobile = Managed.Value(Phone(9)), AlternateMobile = Managed.Value(Phone(1)) }),
            Row(4, "id-4", new() { Office = Managed.Value(Phone(1)) }), Row(5, "nobody", new() { Office = Managed.Value(Phone(1)) }),
        ]);
        Assert.That(planned.Situation(0), Is.EqualTo(Situation.Equal), "who has it already does not change");
        Assert.That(planned[1].Plan.Held.Select(h => (h.Part, h.Code, h.Standing)), Is.EqualTo(new[] { (Part.Phones, HoldCodes.SharedNumber, false) }));
        Assert.That(planned[1].Plan.Operations.Single(), Is.TypeOf<Operation.AddEmail>(), "the e-mail is not shared");
        Assert.That(planned.Situation(3), Is.EqualTo(Situation.Held));
        Assert.That(planned.Situation(4), Is.EqualTo(Situation.Changed), "an office number may be a switchboard");
        GuardrailVerdict verdict = planned.Head.Guardrails.Single(g => g.Name == "SharedNumber");
        Assert.That((verdict.Verdict, verdict.Limit, verdict.Actual, verdict.Allow),
            Is.EqualTo((Verdict.Held, (long?)3, (long?)4, (string?)"--allow sharedNumber=4")));
        Assert.That(planned.Head.Applyable, Is.True);
    }

    [TestCase(3, 4, Situation.Held)]
    [TestCase(4, 4, Situation.Changed)]
    [TestCase(3, 3, Situation.Changed)]
    public void So_many_users_may_share_a_number_and_no_more(int limit, int users, Situation expected)
    {
        Planned planned = Make(t => Users(t, users, _ => CurrentMethods.Nothing), Rows(users, _ => new() { Mobile = Managed.Value(Phone(1)) }),
            new() { Limits = new() { SharedNumber = limit } });
        Assert.That(planned.Situation(0), Is.EqualTo(expected));
        Planned allowed = Make(t => Users(t, users, _ => CurrentMethods.Nothing), Rows(users, _ => new() { Mobile = Managed.Value(Phone(1)) }),
            new() { Limits = new() { SharedNumber = limit }, Allowances = new() { SharedNumber = users } });
        Assert.That(allowed.Situation(0), Is.EqualTo(Situation.Changed));
    }

    [Test]
    public void Any_number_of_users_may_share_a_number_where_there_is_no_limit()
    {
        Planned planned = Make(t => Users(t, 50, _ => CurrentMethods.Nothing), Rows(50, _ => new() { Mobile = Managed.Value(Phone(1)) }),
            new() { Limits = new() { SharedNumber = null } });

        Assert.That(planned.Situation(0), Is.EqualTo(Situation.Changed));
        Assert.That(planned.Head.Guardrails.Single(g => g.Name == "SharedNumber"), Has.Property("Verdict").EqualTo(Verdict.Pass).And.Property("Limit").Null);
    }

    [Test]
    public void Whom_the_tenant_does_not_have_is_protected_from_nothing_and_reported([Values(0, 1000)] int smallSource)
    {
        ImmutableDictionary<string, string> names = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase)
            .Add("ID-0", "").Add("U1@contoso.com", "").Add("u2@fabrikam.com", "").Add("id-99", "");

        Planned planned = Make(t => Users(t, 3, _ => CurrentMethods.Nothing), Rows(3, _ => new() { Office = Managed.Value(Phone(1)) }),
            new() { Protected = names, SmallSource = smallSource });

        Assert.That(planned.Head.Diagnostics.Select(d => (d.Code, d.Severity)),
            Is.EqualTo(new[] { ("protectedNobody", Severity.Warning), ("protectedNobody", Severity.Warning) }));
        Assert.That(planned.Head.Diagnostics.Select(d => d.Message), Has.Some.Contains("'u2@fabrikam.com'").And.Some.Contains("'id-99'"));
    }

    [Test]
    public void An_entry_that_could_not_be_looked_up_is_never_taken_for_no_one()
    {
        ImmutableDictionary<string, string> names = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add("employeeId:99", "");

        Planned planned = Make(Fill, Rows(3, _ => new() { Office = Managed.Value(Phone(1)) }), new() { Protected = names });

        Assert.That(planned.Head.Diagnostics.Select(d => (d.Code, d.Severity)), Is.EqualTo(new[] { (HoldCodes.ProtectedNotChecked, Severity.Warning) }));

        static void Fill(ModelTenant tenant)
        {
            Users(tenant, 3, _ => CurrentMethods.Nothing);
            tenant.UnreadableKeys.Add(new UserKey(UserKeyKind.EmployeeId, "99"));
        }
    }

    [Test]
    public void Members_of_a_protected_group_are_held_and_a_group_that_cannot_be_resolved_keeps_everything_back([Values(0, 1000)] int smallSource)
    {
        ImmutableDictionary<string, string> names = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add("group:vips", "");
        ServiceError error = new(ErrorKind.Forbidden, "Authorization_RequestDenied", "No.");
        foreach ((MembersReading? members, string? code) in ((MembersReading?, string?)[])
            [(new MembersReading.Known(["ID-1"]), null), (new MembersReading.Known([]), HoldCodes.ProtectedNotFound), (null, HoldCodes.ProtectedNotFound),
                (new MembersReading.Unreadable(error), HoldCodes.ProtectedNotChecked)])
        {
            Planned planned = Make(Fill, Rows(3, _ => new() { Office = Managed.Value(Phone(1)) }), new() { Protected = names, SmallSource = smallSource });

            Assert.That(planned.Head.Diagnostics.Select(d => d.Code), Is.EqualTo(code is null ? [] : (string[])[code]), $"{members}");
            Assert.That(Enumerable.Range(0, 3).Select(planned.Situation), Is.EqualTo((Situation[])
                [Situation.Changed, code is null ? Situation.Held : Situation.Changed, Situation.Changed]), $"{members}");

            void Fill(ModelTenant tenant)
            {
                Users(tenant, 3, _ => CurrentMethods.Nothing);
                if (members is not null) tenant.Groups["vips"] = members;
            }
        }
    }

    [TestCase("id-0")]
    [TestCase("U0@CONTOSO.COM")]
    [TestCase("employeeId:0")]
    public void A_protected_user_is_held_by_id_principal_name_or_the_text_of_the_source(string name)
    {
        PlanSettings settings = new() { Protected = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add(name, "break glass") };
        SourceRow[] rows = [Row(0, name.StartsWith("employee", StringComparison.Ordinal) ? name : "u0@contoso.com",
            new() { Mobile = Managed.Value(Phone(1)), Email = Managed.Value("a@contoso.com") }), Row(1, "id-1", new() { Mobile = Managed.Value(Phone(2)) })];
        Planned planned = Make(t => Users(t, 2, _ => CurrentMethods.Nothing), rows, settings);
        Assert.That(planned.Situation(0), Is.EqualTo(Situation.Held));
        Assert.That(planned[0].Plan.Held.Select(h => (h.Part, h.Code, h.Standing)),
            Is.EqualTo(new[] { (Part.Phones, HoldCodes.Protected, true), (Part.Email, HoldCodes.Protected, true) }));
        Assert.That(planned[0].Plan.Held[0].Message, Does.Contain("break glass"));
        Assert.That(planned.Situation(1), Is.EqualTo(Situation.Changed));
        Assert.That(planned.Head.Summary.HeldNotStanding, Is.Zero);
        Planned allowed = Make(t => Users(t, 2, _ => CurrentMethods.Nothing), rows,
            settings with { Allowances = new() { ProtectedUsers = ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "ID-0") } });
        Assert.That(allowed.Situation(0), Is.EqualTo(Situation.Changed));
    }

    [Test]
    public void Users_with_a_directory_role_are_held_whatever_the_case_of_their_ids()
    {
        SourceRow[] rows = [.. Rows(2, n => new() { Mobile = Managed.Value(Phone(n + 1)) })];
        Planned planned = Make(t => Fill(t, new PrivilegedReading.Known(["ID-1"], "role assignments")), rows);
        Assert.That((planned.Situation(0), planned.Situation(1)), Is.EqualTo((Situation.Changed, Situation.Held)));
        Assert.That(planned[1].IsPrivileged, Is.True);
        Assert.That(planned.Head.Guardrails.Single(g => g.Name == "ProtectPrivileged").Verdict, Is.EqualTo(Verdict.Held));

        PrivilegedReading.Unreadable unreadable = new(new ServiceError(ErrorKind.Forbidden, "PP403", "Forbidden."));
        Assert.That(Make(t => Fill(t, unreadable), rows).Head.Applyable, Is.False);
        Assert.That(Make(t => Fill(t, unreadable), rows, new() { Limits = new() { ProtectPrivileged = false } }).Head.Applyable, Is.True);

        static void Fill(ModelTenant tenant, PrivilegedReading reading)
        {
            Users(tenant, 2, _ => CurrentMethods.Nothing);
            tenant.Privileged = reading;
        }
    }

    [Test]
    public void A_breach_stops_everything_or_withholds_only_its_class()
    {
        SourceRow[] rows = [.. Rows(9,
            n => (n % 3) switch { 0 => new() { Office = Managed.None<PhoneNumber>() }, 1 => new() { Mobile = Managed.Value(Phone(50 + n)) },
            _ => new() { AlternateMobile = Managed.Value(Phone(60 + n)) } })];
        foreach ((OperationAction action, string code, GuardrailLimits limits) in new[]
        {
            (OperationAction.Delete, HoldCodes.MaxDeletes, Loose with { MaxDeletes = new(2, null) }),
            (OperationAction.Update, HoldCodes.MaxUpdates, Loose with { MaxUpdates = new(2, null) }),
            (OperationAction.Add, HoldCodes.MaxAdds, Loose with { MaxAdds = new(2, null) }),
        })
        {
            Planned stopped = Make(Fill, rows, new() { Limits = limits });
            Assert.That((stopped.Head.Applyable, stopped.Head.Summary.Changed), Is.EqualTo((false, 9L)));
            Planned withheld = Make(Fill, rows, new() { Limits = limits with { OnBreach = BreachPolicy.Withhold } });
            Assert.That((withheld.Head.Applyable, withheld.Head.Summary.Changed, withheld.Head.Summary.Held, withheld.Head.Summary.HeldNotStanding),
                Is.EqualTo((true, 6L, 3L, 3L)));
            Assert.That(withheld.Spool.All.SelectMany(p => p.Plan.Operations).Select(o => o.Action), Has.None.EqualTo(action));
            Assert.That(withheld.Spool.All.SelectMany(p => p.Plan.Held).Select(h => $"{h.Code} {h.Standing}"), Is.All.EqualTo($"{code} False"));
            Assert.That(withheld.Head.Summary.Operations.Total, Is.EqualTo(withheld.Operations.Count()));
            Assert.That(withheld.Head.Guardrails.Count(g => g.Verdict == Verdict.Held && g.Actual == 3), Is.EqualTo(1), "the count is of the whole plan");
        }

        static void Fill(ModelTenant tenant) => Users(tenant, 9, n => CurrentMethods.Nothing with { Mobile = Slot(n + 100), Office = Slot(n + 200) });
    }

    [Test]
    public void Losing_the_last_phone_is_counted_by_user_and_withheld_by_itself()
    {
        GuardrailLimits limits = Loose with { MaxLastPhone = new(1, null), OnBreach = BreachPolicy.Withhold };
        SourceRow[] rows = [.. Rows(4, n => new() { Office = Managed.None<PhoneNumber>(), Mobile = n == 3 ? default : Managed.None<PhoneNumber>() })];
        Planned planned = Make(t => Users(t, 4,
            n => CurrentMethods.Nothing with { Mobile = Slot(n == 0 ? null : n), Office = Slot(n + 50), Others = [new(MethodKind.Fido2, "key")] }),
            rows, new() { Limits = limits });
        Assert.That(Enumerable.Range(0, 4).Select(planned.Situation), Is.EqualTo(new[] { Situation.Held, Situation.Held, Situation.Held, Situation.Changed }));
        Assert.That(planned.Head.Guardrails.Single(g => g.Name == "MaxLastPhone").Actual, Is.EqualTo(3));
        Assert.That(planned.Head.Summary.LosingLastPhone, Is.Zero);
        Assert.That(planned[0].Plan.Held.Single().Code, Is.EqualTo(HoldCodes.MaxLastPhone));
    }

    [TestCase(9, 1, true)]
    [TestCase(11, 0, true)]
    [TestCase(120, 0, false)]
    public void Read_errors_hold_deletions_and_ten_times_as_many_block(int unreadable, int deletions, bool applyable)
    {
        const int All = 200;
        Planned planned = Make(t =>
        {
            Users(t, All, n => CurrentMethods.Nothing with { Mobile = Slot(n), Office = Slot(n + 1000) });
            for (int n = 0; n < unreadable; n++) t.UnreadableUsers.Add($"id-{n}");
        }, Rows(All, n => n == All - 1 ? new() { Office = Managed.None<PhoneNumber>() } : new() { Mobile = Managed.Value(Phone(n)) }),
        new() { Limits = Loose, SmallSource = 0 });
        Assert.That(planned.Head.Applyable, Is.EqualTo(applyable));
        if (applyable) Assert.That(planned.Head.Summary.Operations.Delete, Is.EqualTo(deletions));
    }

    [Test]
    public void A_percentage_is_of_the_users_read_and_for_a_delta_or_some_rows_of_the_whole_tenant()
    {
        SourceRow[] rows = [.. Rows(30, n => new() { Mobile = Managed.Value(Phone(n + 500)) })];
        GuardrailLimits limits = Loose with { MaxUpdates = new(null, 10) };
        Assert.That(Make(Fill, rows, new() { Limits = limits }).Head.Guardrails[1],
            Has.Property("Verdict").EqualTo(Verdict.Blocked).And.Property("Limit").EqualTo(10));
        Assert.That(Make(Fill, rows, new() { Limits = limits }, delta: true).Head.Guardrails[1],
            Has.Property("Verdict").EqualTo(Verdict.Pass).And.Property("Limit").EqualTo(40));

        SourceRow[] all = [.. Rows(400, n => new() { Mobile = Managed.Value(Phone(n + 500)) })];
        Assert.That(Make(Fill, all, new() { Limits = limits, Only = static row => row.Ordinal < 30 }).Head.Guardrails[1],
            Has.Property("Verdict").EqualTo(Verdict.Pass).And.Property("Limit").EqualTo(40));

        static void Fill(ModelTenant tenant) => Users(tenant, 400, n => CurrentMethods.Nothing with { Mobile = Slot(n) });
    }

    private static void Users(ModelTenant tenant, int count, Func<int, CurrentMethods> methods)
    {
        for (int n = 0; n < count; n++) tenant.Add(new($"id-{n}", $"u{n}@contoso.com", EmployeeId: $"{n}"), methods(n));
    }

    private static IEnumerable<SourceRow> Rows(int count, Func<int, DesiredMethods> desired) =>
        Enumerable.Range(0, count).Select(n => Row(n, $"id-{n}", desired(n)));
}
