using System.Collections.Immutable;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>A person as the steps of <c>migrate</c> see them: what readiness knows, and their methods with age and use, both just read.</summary>
/// <param name="Facts">What readiness knows.</param>
/// <param name="Registered">Their methods, the password apart; null: not read.</param>
/// <param name="PasswordSetAt">When the password was last set; null: not known.</param>
public sealed record MigratingPerson(PersonFacts Facts, ImmutableArray<MethodUse>? Registered, DateTimeOffset? PasswordSetAt)
{
    /// <summary>Their sign-ins, where those were asked for; they prove use, and count in no rule of cleanup.</summary>
    public ImmutableArray<SignInUse> SignIns { get; init; } = [];

    /// <summary>Whether the person signed in with a method since it was registered. The log says the kind and not which registration, so it counts where the
    /// word fits one registered method only.</summary>
    public bool SignedInWith(MethodUse method, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.CreatedAt is { } created && SignIns.Any(signIn => (signIn.Kinds & method.Kind) != PersonMethods.None && signIn.At >= created
            && signIn.At <= at && (Registered ?? []).Count(other => (signIn.Kinds & other.Kind) != PersonMethods.None) == 1);
    }

    /// <summary>What is registered, whether it is used or not.</summary>
    public PersonMethods Methods => (Registered ?? []).Aggregate(PersonMethods.None, static (all, method) => all | method.Kind);

    /// <summary>Methods other than phones that count as MFA and were used within the span.</summary>
    public IEnumerable<MethodUse> Counting(MigrationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return (Registered ?? []).Where(method => (method.Kind & MethodSets.Counted) != PersonMethods.None
            && method.WasUsed(terms.Settings.UsedWithin, terms.At));
    }
}
