using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>Plans of enumerated states: every (current, desired) of the three slots over four numbers, with other methods around them.</summary>
internal static class Shapes
{
    private static readonly AuthenticationMethod Authenticator = new(MethodKind.MicrosoftAuthenticator, "authenticator-1");
    private static readonly AuthenticationMethod Fido = new(MethodKind.Fido2, "fido-1");
    private static readonly int?[] Numbers = [null, 1, 2, 3];

    /// <summary>One of each kind of plan: same operations from as many phones and other methods.</summary>
    public static ImmutableArray<Shape> OneOfEach { get; } = [.. All().DistinctBy(s => s.Text)];

    public static IEnumerable<Shape> All() =>
        Policies().SelectMany(policy => Bundles()
        .SelectMany(bundle => Phones(bundle.Current, bundle.Desired, bundle.Sparse).Select(p => new Shape(p.Current, p.Desired, policy))))
            .Where(s => s.Plan.Situation == Situation.Changed);

    private static IEnumerable<PlanningPolicy> Policies() =>
    [
        new(),
        new() { SameNumberInTwoSlots = SameNumberPolicy.Avoid },
        new() { LastMethod = LastMethodPolicy.Allow },
        new() { AddPhone = AddPhonePolicy.NoMethod },
        new() { DefaultMethod = DefaultMethodPolicy.Switch, KeepDefault = true },
    ];

    private static IEnumerable<(CurrentMethods Current, DesiredMethods Desired, bool Sparse)> Bundles()
    {
        CurrentMethods nothing = CurrentMethods.Nothing;
        CurrentMethods strong = nothing with { Others = [Authenticator, Fido], Default = DefaultMethod.From(PreferredMethod.Push) };
        yield return (nothing, new DesiredMethods(), false);
        yield return (strong with { Others = [Authenticator] }, new DesiredMethods { Removals = [Removal.AllOf(MethodKind.MicrosoftAuthenticator)] }, true);
        yield return (strong, new DesiredMethods
        {
            Removals = [Removal.AllOf(MethodKind.MicrosoftAuthenticator), Removal.AllOf(MethodKind.Fido2)],
            Email = Managed.Value("new@contoso.com")
        }, true);
        yield return (nothing with { Email = new CurrentEmail("mail", "old@contoso.com") },
            new DesiredMethods { Email = Managed.Value("new@contoso.com"), SmsSignIn = true }, true);
        yield return (strong with { Email = new CurrentEmail("mail", "old@contoso.com"), SmsSignIn = SmsSignInState.Ready },
            new DesiredMethods { Email = Managed.None<string>(), SmsSignIn = false }, true);
    }

    private static IEnumerable<(CurrentMethods Current, DesiredMethods Desired)> Phones(CurrentMethods current, DesiredMethods desired, bool sparse)
    {
        foreach (int? m in Numbers)
            foreach (int? a in m is null ? [null] : Numbers)
                foreach (int? o in Numbers)
                {
                    if (sparse && (a == m || o == m || o == 2)) continue;
                    CurrentMethods from = current with { Mobile = Slot(m), AlternateMobile = Slot(a), Office = Slot(o) };
                    foreach (Managed<PhoneNumber> dm in DesiredValues(sparse))
                        foreach (Managed<PhoneNumber> da in DesiredValues(sparse))
                            foreach (Managed<PhoneNumber> dof in DesiredValues(sparse))
                            {
                                yield return (from, desired with { Mobile = dm, AlternateMobile = da, Office = dof });
                            }
                }
    }

    private static IEnumerable<Managed<PhoneNumber>> DesiredValues(bool sparse) => sparse
        ? [default, Managed.None<PhoneNumber>(), Managed.Value(Phone(1)), Managed.Value(Phone(4))]
        : [default, Managed.None<PhoneNumber>(), Managed.Value(Phone(1)), Managed.Value(Phone(2)), Managed.Value(Phone(4))];
}
