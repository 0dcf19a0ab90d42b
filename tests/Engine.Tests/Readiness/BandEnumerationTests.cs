using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Readiness;

/// <summary>All method sets, defaults, scopes and flags: each person has exactly one band, the one that <see cref="BandTable"/> says.</summary>
public sealed class BandEnumerationTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly ResetSettings[] Resets =
    [
        new(),
        new() { MethodsRequired = 1, Allowed = MethodSets.Reset, Writeback = false },
        new() { MethodsRequired = 2, Allowed = PersonMethods.MobilePhone | PersonMethods.Email | PersonMethods.AuthenticatorPush },
    ];

    private static readonly PersonMethods[] Kinds =
    [
        PersonMethods.MobilePhone, PersonMethods.AlternateMobilePhone, PersonMethods.OfficePhone, PersonMethods.Email, PersonMethods.AuthenticatorPush,
        PersonMethods.SoftwareOath, PersonMethods.Passkey, PersonMethods.WindowsHello, PersonMethods.External, PersonMethods.UnknownKind,
    ];

    private static readonly DefaultMethod[] Defaults =
    [
        DefaultMethod.None, DefaultMethod.Unreadable, DefaultMethod.From(PreferredMethod.Push), DefaultMethod.From(PreferredMethod.Sms),
        DefaultMethod.From(PreferredMethod.VoiceAlternateMobile), DefaultMethod.From(PreferredMethod.VoiceOffice),
    ];

    private static readonly PhoneScope?[] Scopes =
        [null, PhoneScope.None, PhoneScope.Sms, PhoneScope.Voice, PhoneScope.Voice | PhoneScope.OfficeCalls, PhoneScope.Legacy];

    [Test]
    public void Every_person_has_the_one_band_of_the_table_and_the_bands_add_up_to_all_people()
    {
        ReadinessCounts counts = new();
        BandTable table = new();
        int people = 0;
        foreach (PersonMethods? methods in MethodSubsets())
            foreach (DefaultMethod preferred in Defaults)
                foreach (PhoneScope? scope in Scopes)
                    for (int flags = 0; flags < 64; flags++)
                    {
                        PersonFacts person = Person(methods, preferred, scope, flags);
                        ResetSettings reset = Resets[people++ % Resets.Length];
                        PersonReadiness judged = ReadinessRules.Judge(person, new ReadinessTerms { At = At, Reset = reset });
                        string expected = table.Band(person, reset);
                        if (judged.Band.Name() != expected) Assert.Fail($"{judged.Band.Name()} instead of {expected}: {person}");
                        counts.Add(judged);
                    }

        Assert.That(counts.ByBand.Total, Is.EqualTo(people).And.EqualTo(counts.Total));
        Assert.That(Enum.GetValues<Band>().Where(band => counts[band] == 0), Is.Empty, "bands without a person");
        Assert.That(counts.Departments.Sum(d => d.Value.Total), Is.EqualTo(people));
        Assert.That(table.UnusedRows, Is.Empty);
    }

    private static IEnumerable<PersonMethods?> MethodSubsets()
    {
        yield return null;
        for (int set = 0; set < 1 << Kinds.Length; set++)
        {
            PersonMethods methods = PersonMethods.None;
            for (int i = 0; i < Kinds.Length; i++) methods |= (set >> i & 1) == 1 ? Kinds[i] : PersonMethods.None;
            yield return methods;
        }
    }

    private static PersonFacts Person(PersonMethods? methods, DefaultMethod preferred, PhoneScope? scope, int flags) => new()
    {
        Uid = "u", User = "u@contoso.com", Methods = methods, Default = preferred, Scope = scope,
        Department = (flags & 3) switch { 0 => "Sales", 1 => "IT", _ => null },
        CertificateInScope = (flags & 15) == 15 ? true : (flags & 31) == 13 ? null : false,
        Excluded = (flags & 7) == 7,
        OnPremisesMfa = (flags & 3) switch { 0 => true, 1 => false, _ => null },
        SystemPreferred = (flags >> 2 & 3) switch { 0 => true, 1 => false, _ => null },
        SmsSignIn = (flags & 16) != 0,
        ResetEnabled = (flags >> 4 & 3) switch { 0 => null, 1 => false, _ => true },
        OnPremisesSynced = (flags & 9) == 9,
    };
}
