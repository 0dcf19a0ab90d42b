using System.Globalization;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Seed;

/// <summary>Makes the users of a <see cref="SeedGenerator"/>. Their numbers are of the area code 555, which no one has.</summary>
internal static class SeedGeneration
{
    public static void Into(UserDirectory directory, SeedGenerator generator)
    {
        if (generator.Count is < 0 or > 3_000_000)
            throw new SandboxSeedException($"generate.count is {generator.Count}; it must be from 0 to 3,000,000.");
        directory.Reserve(generator.Count);
        ulong salt = DerivedId.Mix((ulong)generator.Seed ^ (ulong)generator.Prefix.Length << 32 ^ (ulong)generator.Domain.Length << 48);
        for (int i = 0; i < generator.Count; i++) directory.Add(One(generator, salt, i));
    }

    private static SandboxUser One(SeedGenerator generator, ulong salt, int i)
    {
        string number = i.ToString("D7", CultureInfo.InvariantCulture);
        string name = string.Concat(generator.Prefix, number, "@", generator.Domain);
        ulong dice = DerivedId.Mix(salt + (ulong)i);
        UserCredentials credentials = UserCredentials.PasswordOnly;
        // Each share has its own 12 bits of the user's dice.
        if (Hit(dice, 0, generator.Mobile))
        {
            credentials = credentials with { Mobile = new StoredPhone("+1 555" + number) };
            if (Hit(dice, 1, generator.AlternateMobile)) credentials = credentials with { AlternateMobile = new StoredPhone("+44 555" + number) };
        }
        if (Hit(dice, 2, generator.Office)) credentials = credentials with { Office = new StoredPhone("+49 555" + number) };
        if (Hit(dice, 3, generator.Email)) credentials = credentials with { Email = string.Concat(generator.Prefix, number, "@example.org") };
        if (Hit(dice, 4, generator.Authenticator))
            credentials = credentials with
            {
                Others = [new StoredMethod(StoredMethodKind.MicrosoftAuthenticator, DerivedId.From(salt + 1, (ulong)i).ToString(), "Phone")],
                Default = SignInPreference.Push,
            };
        return new SandboxUser(DerivedId.From(salt, (ulong)i), name)
        {
            DisplayName = generator.Prefix + " " + number,
            Mail = name,
            EmployeeId = number,
            Credentials = credentials,
        };
    }

    private static bool Hit(ulong dice, int place, double share) => ((dice >> (place * 12)) & 0xFFF) < share * 4096;
}
