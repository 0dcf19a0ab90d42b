using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>What <c>migrate default</c> does for a person (docs/retirement.md#move-the-default). Pure.</summary>
public static class DefaultRules
{
    /// <summary>Methods that begin a sign-in by themselves, besides password and SMS.</summary>
    public const PersonMethods FirstFactors = PersonMethods.Passkey | PersonMethods.AuthenticatorPasskey | PersonMethods.AuthenticatorPasswordless
        | MethodSets.DeviceBound | PersonMethods.QrCodePin;

    private const PersonMethods Push = PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless;
    private const PersonMethods Oath = PersonMethods.SoftwareOath | PersonMethods.HardwareOath;

    /// <summary>What is to become the default of a person whose default is a phone; null: they have neither push nor OATH, or the default is no
    /// phone.</summary>
    /// <param name="person">The person.</param>
    /// <param name="now">The default, just read.</param>
    /// <param name="terms">Now and the settings.</param>
    public static PreferredMethod? Preferred(MigratingPerson person, DefaultMethod now, MigrationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(person);
        if (!IsPhone(now)) return null;
        PersonMethods used = person.Counting(terms).Aggregate(PersonMethods.None, static (all, method) => all | method.Kind);
        // What is in use goes before what is only registered; push goes before OATH.
        foreach (PersonMethods methods in (PersonMethods[])[used, person.Methods])
        {
            if ((methods & Push) != PersonMethods.None) return PreferredMethod.Push;
            if ((methods & Oath) != PersonMethods.None) return PreferredMethod.Oath;
        }

        return null;
    }

    /// <summary>Whether the default is a phone.</summary>
    public static bool IsPhone(DefaultMethod now) => now.Knowledge == DefaultMethodKnowledge.Known && ServiceRules.SlotOf(now.Method) is not null;

    /// <summary>Whether SMS sign-in may end for a person who has it: another first factor was used of late.</summary>
    /// <returns>Why it may not; null: it may.</returns>
    public static HoldReason? KeepsSmsSignIn(MigratingPerson person, MigrationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(terms);
        if (person.Registered is not { } methods) return CleanupHolds.MethodsUnknown;
        if (person.Facts.Excluded) return CleanupHolds.Excluded;
        return methods.Any(method => (method.Kind & FirstFactors) != PersonMethods.None && method.WasUsed(terms.Settings.UsedWithin, terms.At))
            ? null : CleanupHolds.NoFirstFactor(terms.Settings);
    }
}
