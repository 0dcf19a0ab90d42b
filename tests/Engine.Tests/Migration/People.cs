using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Tests.Migration;

/// <summary>A person whose phones may all go, to be changed in one point by each test.</summary>
internal static class People
{
    public static DateTimeOffset Day { get; } = new(2027, 2, 20, 9, 0, 0, TimeSpan.Zero);

    public static MigrationTerms Terms { get; } = new()
    {
        At = Day, Reset = new ResetSettings
        {
            MethodsRequired = 1, Writeback = true,
            Allowed = PersonMethods.MobilePhone | PersonMethods.OfficePhone | PersonMethods.Email | PersonMethods.AuthenticatorPush,
        },
    };

    public static PersonFacts Facts { get; } = new()
    {
        Uid = "u", User = "u@contoso.com", Enabled = true, Privilege = Privilege.No, LastSignInRead = true, LastSignIn = Day.AddDays(-2),
        ResetEnabled = true, Provider = TelephonyChannels.None, OnPremisesMfa = false, SmsSignIn = false,
    };

    public static MigratingPerson Ready { get; } = new(Facts,
        [Phone(PersonMethods.MobilePhone), Used(PersonMethods.AuthenticatorPush), Registered(PersonMethods.Email)], Day.AddDays(-90));

    /// <summary>Registered long ago and used yesterday.</summary>
    public static MethodUse Used(PersonMethods kind, int daysOld = 100, int usedDaysAgo = 1, string id = "1") =>
        new(kind, $"{kind}-{id}", Day.AddDays(-daysOld), Day.AddDays(-usedDaysAgo));

    /// <summary>Registered long ago; whether it is used is not known.</summary>
    public static MethodUse Registered(PersonMethods kind) => new(kind, $"{kind}-1", Day.AddDays(-100), null);

    public static MethodUse Phone(PersonMethods slot) => Registered(slot);

    public static MigratingPerson With(this MigratingPerson person, params MethodUse[] methods) => person with { Registered = [.. methods] };

    public static MigratingPerson With(this MigratingPerson person, Func<PersonFacts, PersonFacts> change) => person with { Facts = change(person.Facts) };
}
