using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>Every kind of operation × every answer to its first sending × every answer to what is sent after it.</summary>
public sealed class AnswerPairs
{
    private static readonly ReadManner[] Readings =
    [
        new(), new() { Lag = TimeSpan.FromSeconds(2) }, new() { Lag = TimeSpan.FromSeconds(8) }, new() { FailingAfterSend = 2 },
        new() { FailingAfterSend = 1000 },
    ];

    private static readonly CurrentMethods Someone = CurrentMethods.Nothing with { Mobile = Slot(1), Unread = KindSet.None };
    private static readonly PlanningPolicy Free = new() { LastMethod = LastMethodPolicy.Allow };

    /// <summary>Small plans, one of each kind of operation and of each slot, switch and route.</summary>
    private static ImmutableArray<Shape> Kinds { get; } =
    [
        Of(CurrentMethods.Nothing, new() { Mobile = Managed.Value(Phone(1)) }),
        Of(Someone, new() { AlternateMobile = Managed.Value(Phone(2)) }),
        Of(Someone, new() { Office = Managed.Value(Phone(2)) }),
        Of(Someone, new() { Mobile = Managed.Value(Phone(2)) }),
        Of(Someone with { AlternateMobile = Slot(2) }, new() { AlternateMobile = Managed.Value(Phone(3)) }),
        Of(Someone with { Office = Slot(2) }, new() { Office = Managed.Value(Phone(3)) }),
        Of(Someone, new() { Mobile = Managed.None<PhoneNumber>() }),
        Of(Someone with { AlternateMobile = Slot(2) }, new() { AlternateMobile = Managed.None<PhoneNumber>() }),
        Of(Someone with { Office = Slot(2) }, new() { Office = Managed.None<PhoneNumber>() }),
        Of(Someone, new() { Email = Managed.Value("new@contoso.com") }),
        Of(Someone with { Email = new CurrentEmail("mail", "old@contoso.com") }, new() { Email = Managed.Value("new@contoso.com") }),
        Of(Someone with { Email = new CurrentEmail("mail", "old@contoso.com") }, new() { Email = Managed.None<string>() }),
        Of(Someone with { SmsSignIn = SmsSignInState.Ready }, new() { SmsSignIn = false }),
        Of(Someone with { SmsSignIn = SmsSignInState.NotEnabled }, new() { SmsSignIn = true }),
        .. new[] { MethodKind.MicrosoftAuthenticator, MethodKind.Fido2, MethodKind.SoftwareOath, MethodKind.HardwareOath, MethodKind.QrCodePin }
            .Select(kind => Of(Someone with { Others = [new AuthenticationMethod(kind, "m-1")] }, new() { Removals = [Removal.AllOf(kind)] })),
        Of(Someone with { Others = [new AuthenticationMethod(MethodKind.HardwareOath, "m-1")] },
            new() { Removals = [Removal.AllOf(MethodKind.HardwareOath)], Clearing = Clearing.Reregister }),
        new(Someone with { Others = [new AuthenticationMethod(MethodKind.MicrosoftAuthenticator, "m-1")], Default = DefaultMethod.From(PreferredMethod.Sms) },
            new() { Mobile = Managed.None<PhoneNumber>() }, Free with { DefaultMethod = DefaultMethodPolicy.Switch }),
        Of(Someone, new() { Pass = new PassRequest() }),
        Of(Someone with { Membership = new("group-1", false) }, new() { Membership = new GroupMembership("group-1", true) }),
        Of(Someone with { Membership = new("group-1", true) }, new() { Membership = new GroupMembership("group-1", false) }),
        .. Enum.GetValues<PasswordRoute>().Select(route => Of(Someone, new() { Password = new PasswordResetRequest(route, false) })),
    ];

    [Test]
    public void Every_kind_of_operation_is_among_them()
    {
        Type[] all = [.. typeof(Operation).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Operation)))];

        Assert.That(Kinds.SelectMany(s => s.Plan.Operations).Select(o => o.GetType()).Distinct(), Is.EquivalentTo(all));
        Assert.That(Kinds.Select(s => s.Plan.Operations.Length), Has.All.Positive);
    }

    [Test]
    public void Whatever_the_first_and_the_second_answer_no_law_is_broken() => Complaints.Check(Pairs(), ExecutionLaws.BrokenAlone);

    private static IEnumerable<Scenario> Pairs() =>
        (from shape in Kinds
         from at in Enumerable.Range(0, shape.Plan.Operations.Length)
         from first in Enum.GetValues<WriteFault>()
         from second in Enum.GetValues<WriteFault>()
         select new Scenario(shape)
         {
             Faults = n => n == at ? first : n > at ? second : WriteFault.None, What = $"{first} at {at}, then {second}",
         }).Select((scenario, i) => scenario with { Reading = Readings[i % Readings.Length] });

    private static Shape Of(CurrentMethods current, DesiredMethods desired) => new(current, desired, Free);
}
