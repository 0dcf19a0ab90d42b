namespace ProvisioningConnector.Engine.Readiness;

/// <summary>Whether self-service password reset works for a person, with Microsoft's SMS and voice and without.</summary>
public static class ResetRules
{
    /// <summary>A reset takes one or two methods; which, the tenant decides.</summary>
    private const int MostRequired = 2;

    /// <returns>Null: the settings do not say enough.</returns>
    public static bool? Works(PersonFacts person, ResetSettings settings, bool withPhones)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(settings);
        if (person.ResetEnabled == false) return false;
        if (person.OnPremisesSynced && settings.Writeback == false) return false;
        if (person.Methods is not { } methods) return null;
        PersonMethods possible = methods & MethodSets.Reset & ~(withPhones ? PersonMethods.None : EndingPhones(person));
        PersonMethods serving = possible & (settings.Allowed ?? MethodSets.Reset);
        int count = Kinds(serving);
        // At least one method is always needed, so that none at all is clear whatever is set.
        if (count < (settings.MethodsRequired ?? 1)) return false;
        bool enough = settings.Allowed is not null && count >= (settings.MethodsRequired ?? MostRequired);
        return enough && person.ResetEnabled == true && (!person.OnPremisesSynced || settings.Writeback == true) ? true : null;
    }

    /// <summary>Phones that Microsoft's SMS and voice serve alone. A reset goes by the provider's channels, whatever the scope for MFA is.</summary>
    private static PersonMethods EndingPhones(PersonFacts person)
    {
        TelephonyChannels provider = person.Provider ?? TelephonyChannels.None;
        bool calls = provider.HasFlag(TelephonyChannels.Voice);
        return (calls || provider.HasFlag(TelephonyChannels.Sms) ? PersonMethods.None : PersonMethods.MobilePhone)
            | (calls ? PersonMethods.None : PersonMethods.OfficePhone) | PersonMethods.AlternateMobilePhone;
    }

    /// <summary>Authenticator and OATH of one kind each count once.</summary>
    private static int Kinds(PersonMethods methods)
    {
        const PersonMethods Authenticator = PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless;
        return (methods & ~Authenticator).Count() + ((methods & Authenticator) == PersonMethods.None ? 0 : 1);
    }
}
