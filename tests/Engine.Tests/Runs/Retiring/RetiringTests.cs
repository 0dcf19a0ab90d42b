using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Retiring;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;
using static ProvisioningConnector.Engine.Tests.Runs.Planned;

namespace ProvisioningConnector.Engine.Tests.Runs.Retiring;

/// <summary>What becomes of phones once Microsoft's SMS and voice end (docs/safety.md#retiring-methods).</summary>
public sealed class RetiringTests
{
    private const string Texted = "texted";
    private const string Called = "called";

    /// <summary>People of every kind; whose phones end later is written beside them.</summary>
    private static readonly (DirectoryUser User, bool IsAdministrator, bool IsLater)[] People =
    [
        (new("member", "ada@contoso.com"), false, false),
        (new("internalGuest", "ben@contoso.com", IsGuest: true), false, false),
        (new("externalGuest", "cleo_fabrikam.com#EXT#@contoso.com", IsGuest: true), false, true),
        (new("externalMember", "dan_fabrikam.com#ext#@contoso.com"), false, true),
        (new("administrator", "hana@contoso.com"), true, true),
    ];

    private static readonly (string Day, bool MembersEnded, bool LaterEnded, bool MembersNear, bool LaterNear)[] Days =
    [
        ("2027-01-01", false, false, false, false), ("2027-01-02", false, false, true, false), ("2027-01-31", false, false, true, false),
        ("2027-02-01", true, false, true, false), ("2027-02-15", true, false, true, false), ("2027-06-01", true, false, true, true),
        ("2027-07-01", true, true, true, true), ("2027-07-15", true, true, true, true),
    ];

    /// <summary>Which groups of the tenant's own provider hold everybody; <c>unread</c>: it cannot be read whom they hold.</summary>
    private static readonly (bool Texts, bool Calls, bool Unread)[] Providers =
        [(false, false, false), (true, false, false), (false, true, false), (true, true, false), (false, false, true)];

    private static readonly PhoneType[] Slots = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];

    [Test]
    public void A_phone_is_held_where_it_is_certain_that_it_serves_no_longer_and_else_only_warned_of([Values] RetiringPolicy policy)
    {
        foreach ((string day, bool membersEnded, bool laterEnded, bool membersNear, bool laterNear) in Days)
        {
            foreach ((bool texts, bool calls, bool unread) in Providers)
            {
                foreach (PhoneType slot in Slots)
                {
                    Planned planned = Make(tenant => Fill(tenant, texts, calls, unread),
                        People.Select((person, n) => Row(n, person.User.Uid, Wanted(slot))), Settings(policy, day));
                    foreach ((int n, (DirectoryUser user, _, bool isLater)) in People.Index())
                    {
                        bool covered = unread || calls || (texts && slot == PhoneType.Mobile);
                        bool ended = isLater ? laterEnded : membersEnded;
                        bool near = isLater ? laterNear : membersNear;
                        bool held = policy == RetiringPolicy.Hold && ended && !covered;
                        bool warned = policy != RetiringPolicy.Off && near && !covered && !held;
                        string place = $"{user.Uid} {slot} on {day}, texts {texts}, calls {calls}, unread {unread}";
                        Assert.That(planned[n].Plan.Held.Select(part => (part.Part, part.Code, part.Standing)),
                            Is.EqualTo(held ? [(Part.Phones, HoldCodes.RetiringMethod, true)] : Array.Empty<(Part, string, bool)>()), place);
                        Assert.That(planned[n].Plan.Diagnostics.Any(d => d.Code == HoldCodes.RetiringMethod), Is.EqualTo(warned), place);
                        Assert.That(planned[n].Plan.Operations.Any(o => o is Operation.AddEmail), Is.True, $"{place}: the rest is done");
                    }
                }
            }
        }
    }

    [Test]
    public void The_verdict_counts_those_held_and_the_plan_those_warned()
    {
        Planned held = Make(Fill, Rows(PhoneType.Mobile), Settings(RetiringPolicy.Hold, "2027-02-01"));
        Planned warned = Make(Fill, Rows(PhoneType.Mobile), Settings(RetiringPolicy.Warn, "2027-02-01"));

        GuardrailVerdict verdict = held.Head.Guardrails.Single(guardrail => guardrail.Name == "RetiringMethod");
        Assert.That((verdict.Verdict, verdict.Actual, held.Head.Applyable), Is.EqualTo((Verdict.Held, (long?)2, true)));
        Assert.That(warned.Head.Guardrails.Any(guardrail => guardrail.Name == "RetiringMethod"), Is.False);
        Assert.That(warned.Head.Diagnostics.Single(d => d.Code == HoldCodes.RetiringMethod).Message, Does.Contain("for 2 users"));
        Assert.That(held.Head.Diagnostics.Any(d => d.Code == HoldCodes.RetiringMethod), Is.False, "who is held is not warned of");
    }

    [Test]
    public void A_removal_is_never_held_and_neither_is_a_value_that_is_there()
    {
        Planned planned = Make(
            tenant =>
            {
                tenant.Add(People[0].User, CurrentMethods.Nothing with { Mobile = Slot(1), Office = Slot(2) });
                tenant.Add(People[1].User, CurrentMethods.Nothing with { Mobile = Slot(1) });
            },
            [
                Row(0, "member", new() { Office = Managed.None<PhoneNumber>() }),
                Row(1, "internalGuest", new() { Mobile = Managed.Value(Phone(1)) }),
            ],
            Settings(RetiringPolicy.Hold, "2027-02-01"));

        Assert.That(planned[0].Plan.Operations.Single(), Is.TypeOf<Operation.DeletePhone>());
        Assert.That(planned.Situation(1), Is.EqualTo(Situation.Equal));
        Assert.That(planned.Head.Guardrails.Single(guardrail => guardrail.Name == "RetiringMethod").Verdict, Is.EqualTo(Verdict.Pass));
    }

    [TestCase("AAD", true)]
    [TestCase("CIAM", false)]
    [TestCase("AAD B2C", false)]
    [TestCase(null, true)]
    public void Nothing_is_held_in_tenants_of_another_type(string? type, bool held)
    {
        Planned planned = Make(tenant =>
        {
            Fill(tenant);
            tenant.TenantType = type;
        }, Rows(PhoneType.Mobile), Settings(RetiringPolicy.Hold, "2027-07-01"));

        Assert.That(planned[0].Plan.Held.Any(), Is.EqualTo(held));
    }

    [Test]
    public void Where_no_date_is_announced_nothing_is_held_or_warned_of([Values] RetiringPolicy policy)
    {
        Planned planned = Make(Fill, Rows(PhoneType.Mobile), Settings(policy, "2027-07-01") with { Retiring = new RetiringTerms() });

        Assert.That(planned.Spool.All.SelectMany(user => user.Plan.Held), Is.Empty);
        Assert.That(planned.Spool.All.SelectMany(user => user.Plan.Diagnostics), Is.Empty);
    }

    [Test]
    public void Who_may_be_an_administrator_has_the_later_date()
    {
        Planned planned = Make(tenant =>
        {
            Fill(tenant);
            tenant.Privileged = new PrivilegedReading.Unreadable(new ServiceError(ErrorKind.Forbidden, "Authorization_RequestDenied", "No."));
        }, Rows(PhoneType.Mobile), Settings(RetiringPolicy.Hold, "2027-02-01"));

        Assert.That(planned.Spool.All.SelectMany(user => user.Plan.Held), Is.Empty);
    }

    [Test]
    public void Sms_sign_in_is_warned_of_even_where_a_provider_covers_the_person()
    {
        Planned planned = Make(
            tenant =>
            {
                tenant.Add(People[0].User, CurrentMethods.Nothing with { Mobile = Slot(1), SmsSignIn = SmsSignInState.NotEnabled });
                tenant.Groups[Texted] = tenant.Groups[Called] = new MembersReading.Known(["member"]);
            },
            [Row(0, "member", new() { SmsSignIn = true })], Settings(RetiringPolicy.Hold, "2027-02-01"));

        Assert.That(planned[0].Plan.Operations.Single(), Is.TypeOf<Operation.SwitchSmsSignIn>());
        Assert.That(planned[0].Plan.Diagnostics.Single(d => d.Code == HoldCodes.RetiringMethod).Message, Does.Contain("telephony provider"));
    }

    private static IEnumerable<SourceRow> Rows(PhoneType slot) => People.Select((person, n) => Row(n, person.User.Uid, Wanted(slot)));

    /// <summary>The slot, with a mobile under an alternateMobile, which is there already.</summary>
    private static DesiredMethods Wanted(PhoneType slot) => new DesiredMethods { Email = Managed.Value("new@contoso.com") }.With(slot, Managed.Value(Phone(2)));

    private static void Fill(ModelTenant tenant) => Fill(tenant, texts: false, calls: false, unread: false);

    private static void Fill(ModelTenant tenant, bool texts, bool calls, bool unread)
    {
        ImmutableArray<string> all = [.. People.Select(person => person.User.Uid.ToUpperInvariant())];
        foreach ((DirectoryUser user, _, _) in People) tenant.Add(user, CurrentMethods.Nothing with { Mobile = Slot(1) });
        tenant.Privileged = new PrivilegedReading.Known([.. People.Where(person => person.IsAdministrator).Select(person => person.User.Uid)], "roles");
        tenant.Groups[Texted] = new MembersReading.Known(texts ? all : []);
        tenant.Groups[Called] = unread
            ? new MembersReading.Unreadable(new ServiceError(ErrorKind.Forbidden, "Authorization_RequestDenied", "No."))
            : new MembersReading.Known(calls ? all : []);
    }

    private static PlanSettings Settings(RetiringPolicy policy, string day) => new()
    {
        Limits = new GuardrailLimits
        {
            RetiringMethod = policy, ProtectPrivileged = false, SharedNumber = null, MaxUpdates = Limit.None, MaxDeletes = Limit.None,
        },
        Retiring = new RetiringTerms { Dates = new RetirementDates(), ProviderSms = [Texted], ProviderVoice = [Called] },
        Now = DateTimeOffset.Parse($"{day}T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
    };
}
