using BenchmarkDotNet.Attributes;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.TestKit;

namespace ProvisioningConnector.Benchmarks;

/// <summary>One core planning: at least 1,000,000 equal users a second with nothing allocated beyond the result, and 500,000 changed ones.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class PlannerBenchmarks
{
    private static readonly CurrentMethods Current = Some.User
        .Mobile("+1 2065550100").AlternateMobile("+1 2065550101").Office("+1 2065550102x12").Email("kim@contoso.com")
        .With(MethodKind.Password, MethodKind.MicrosoftAuthenticator, MethodKind.WindowsHello);

    private static readonly PlanRequest EqualUser = Request(Some.List("+1 2065550100:mobile",
        "+1 2065550101:alternateMobile", "+1 2065550102x12:office").Email("kim@contoso.com"));
    private static readonly PlanRequest OneNumberChanged = Request(Some.List("+1 2065550109:mobile",
        "+1 2065550101:alternateMobile", "+1 2065550102x12:office").Email("kim@contoso.com"));
    private static readonly PlanRequest Mixed = Request(Some.List("+1 2065550109:mobile", "+1 4255550199:office").Email("kim@fabrikam.com"));

    private static readonly PlanRequest WithAHold = Request(Some.List("+1 2065550109:mobile",
        "+1 4255550199:office").Remove(MethodKind.MicrosoftAuthenticator));

    [Benchmark]
    public UserPlan Equal() => Planner.Plan(EqualUser);

    [Benchmark]
    public UserPlan NumberChanged() => Planner.Plan(OneNumberChanged);

    [Benchmark]
    public UserPlan TwoUpdatesADeleteAndAnEmail() => Planner.Plan(Mixed);

    /// <summary>The Authenticator is the default, so its removal is held and the user is drafted twice.</summary>
    [Benchmark]
    public UserPlan OnePartHeld() => Planner.Plan(WithAHold);

    private static PlanRequest Request(DesiredMethods desired) =>
        new(Current with { Default = DefaultMethod.From(PreferredMethod.Push) }, desired, PlanningPolicy.Default, default, Holds.None);
}
