using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Seed;

/// <summary>
/// The seed <c>migration</c>: 10,000 people of every kind before Microsoft's SMS and voice end, with the groups that policies and settings name.
/// Always the same tenant; what people did lies before the day that it is there.
/// </summary>
internal static class MigrationSeed
{
    private const int People = 10_000;

    private static readonly string[] Departments = ["Sales", "Engineering", "Operations", "Finance", "Human Resources", "IT"];
    private static readonly string?[] Languages = ["en-US", "de-DE", "fr-FR", "ja-JP", "es-ES", null];
    private static readonly DateOnly Usual = new(2026, 11, 30);

    /// <summary>Groups by name, with the last digits of their ids and how many of 1000 people are in them.</summary>
    private static readonly ImmutableArray<(string Name, int Id, int Share)> Groups =
    [
        ("No phones", 1, 30), ("Kiosk", 2, 50), ("VPN", 3, 40), ("Provider pilot", 4, 20), ("Smart card", 5, 10), ("Shared mailboxes", 6, 5),
        ("On leave", 7, 10), ("No passkeys", 8, 60),
    ];

    /// <param name="day">The day that it is there; null: 30 November 2026.</param>
    public static SandboxSeed Make(DateOnly? day)
    {
        DateTimeOffset lastDay = new((day ?? Usual).AddDays(-3), new TimeOnly(16, 0), TimeSpan.Zero);
        List<SeedUser> users = [];
        Dictionary<string, List<string>> members = Groups.ToDictionary(static group => group.Name, static _ => new List<string>(), StringComparer.Ordinal);
        for (int i = 0; i < People; i++)
        {
            ulong dice = DerivedId.Mix((ulong)i + 0x2027_0201);
            SeedUser user = One(i, dice, lastDay);
            foreach ((string name, int id, int share) in Groups)
            {
                if (Share(DerivedId.Mix(dice + (ulong)id)) < share) members[name].Add(user.UserPrincipalName);
            }

            bool kiosk = members["Kiosk"] is [.., var last] && last == user.UserPrincipalName
                && !(members["No phones"] is [.., var excluded] && excluded == last) && user.UserType == "Member";
            users.Add(kiosk ? user with { SmsSignInScope = true, SmsSignInState = StoredSmsState.Ready } : user);
        }

        return new SandboxSeed
        {
            TenantId = new Guid("5a17b0c5-0000-4000-8000-c0ffee202702"), DisplayName = "Contoso, before February", Users = [.. users],
            Groups = [.. Groups.Select(group => new SeedGroup { Id = Id(group.Id), DisplayName = group.Name, Members = [.. members[group.Name]] }),
                .. ForInvitations(users),
                new SeedGroup { Id = Id(9), DisplayName = "Helpdesk", Members = [.. users.Skip(20).Take(20).Select(static user => user.UserPrincipalName)] }],
            RoleAssignments = [.. users.Take(6).Select(static user => Role("GlobalAdministrator", user.UserPrincipalName)),
                Role("HelpdeskAdministrator", "Helpdesk")],
            RoleEligibilities = [.. users.Skip(6).Take(4).Select(static user => Role("GlobalAdministrator", user.UserPrincipalName))],
            Settings = Settings(),
        };
    }

    private static SandboxSettings Settings()
    {
        ImmutableArray<string> noPhones = [Id(1).ToString()];
        return SandboxSettings.Default with
        {
            UsersPageSize = 100,
            Policy = new MethodsPolicySettings
            {
                Campaign = "default", OptedOut = false,
                Pass = new PassPolicySettings { MinimumLifetimeInMinutes = 10 },
                Access = [new AccessPolicySettings { DisplayName = "MFA for the pilot", Include = [Id(12).ToString()] }],
                Methods = ImmutableSortedDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
                    new Dictionary<string, MethodPolicySettings>(StringComparer.Ordinal)
                    {
                        ["Sms"] = new() { Include = ["all_users", Id(2).ToString()], Exclude = noPhones, SignIn = [Id(2).ToString()] },
                        ["Voice"] = new() { Exclude = noPhones },
                        ["Fido2"] = new() { Exclude = [Id(8).ToString()] },
                        ["TemporaryAccessPass"] = new() { Exclude = [Id(5).ToString()] },
                        ["X509Certificate"] = new() { Include = [Id(5).ToString()] },
                    }),
            },
        };
    }

    /// <summary>A group for invitations, with three people already in it, and groups that look like one and are not.</summary>
    private static IEnumerable<SeedGroup> ForInvitations(List<SeedUser> users)
    {
        ImmutableArray<string> some = [.. users.Skip(60).Take(3).Select(static user => user.UserPrincipalName)];
        yield return new SeedGroup { Id = Id(10), DisplayName = "Invited to passkeys", Members = some };
        yield return new SeedGroup
        {
            Id = Id(11), DisplayName = "All of Sales", Members = some,
            Facts = new() { MembershipRule = "(user.department -eq \"Sales\")" }
        };
        yield return new SeedGroup { Id = Id(12), DisplayName = "Pilot of Conditional Access", Members = some };
        yield return new SeedGroup { Id = Id(13), DisplayName = "Licensed", Members = some, Facts = new() { Licences = [Id(513)] } };
        yield return new SeedGroup { Id = Id(14), DisplayName = "Synchronised", Members = some, Facts = new() { OnPremisesSyncEnabled = true } };
    }

    private static SeedUser One(int i, ulong dice, DateTimeOffset lastDay)
    {
        string number = i.ToString("D5", CultureInfo.InvariantCulture);
        int origin = Share(DerivedId.Mix(dice + 101));
        bool externalGuest = i >= 40 && origin < 40, externalMember = i >= 40 && origin is >= 40 and < 50, internalGuest = i >= 40 && origin is >= 50 and < 60;
        string name = externalGuest ? $"guest{number}_fabrikam.com#EXT#@contoso.com"
            : externalMember ? $"partner{number}@contoso.com" : $"person{number}@contoso.com";
        int department = (int)(DerivedId.Mix(dice + 102) % (ulong)Departments.Length);
        int sign = Share(DerivedId.Mix(dice + 103));
        SeedUser user = new()
        {
            UserPrincipalName = name, DisplayName = "Person " + number, Mail = externalGuest ? $"guest{number}@fabrikam.com" : name,
            AccountEnabled = i < 40 || Share(DerivedId.Mix(dice + 104)) >= 40, UserType = externalGuest || internalGuest ? "Guest" : "Member",
            OnPremisesSyncEnabled = !externalGuest && Share(DerivedId.Mix(dice + 105)) < 400 ? true : null,
            SystemPreferred = Share(DerivedId.Mix(dice + 106)) < 600,
            Personal = new PersonalFacts
            {
                GivenName = "Person", Department = i % 1400 == 7 ? "Legal" : i % 50 == 9 ? null : Departments[department],
                PreferredLanguage = Languages[(int)(DerivedId.Mix(dice + 107) % (ulong)Languages.Length)], Manager = $"person{department:D5}@contoso.com",
                External = externalGuest || externalMember ? true : null, ExternalUserState = externalGuest || externalMember ? "Accepted" : null,
                LastSignIn = sign < 20 ? null : lastDay.AddDays(sign < 900 ? -(sign % 30) : -90 - sign % 200),
                PasswordReset = Share(DerivedId.Mix(dice + 108)) >= 100,
            },
        };
        SeedUser with = With(user, number, Share(dice));
        return with with { Methods = [.. with.Methods.Select(method => Lived(method, DerivedId.Mix(dice + 109), lastDay, user.Personal?.LastSignIn))] };
    }

    /// <summary>What a person has registered, by a number from 0 to 999.</summary>
    private static SeedUser With(SeedUser user, string number, int share)
    {
        SeedPhones mobile = new() { Mobile = "+1 55500" + number };
        return share switch
        {
            < 250 => user with { Phones = mobile, Default = "sms" },
            < 270 => user with { Phones = new SeedPhones { Office = "+49 55500" + number }, Default = "voiceOffice" },
            < 285 => user with { Phones = mobile with { AlternateMobile = "+44 55500" + number }, Default = "voiceAlternateMobile" },
            < 300 => user with { Phones = mobile, Default = "sms", Email = $"person{number}@example.org" },
            < 480 => user with { Phones = mobile, Methods = [Method("microsoftAuthenticator")], Default = "sms" },
            < 600 => user with { Phones = mobile, Methods = [Method("microsoftAuthenticator")], Default = "push" },
            < 660 => user with { Phones = mobile, Methods = [Method("fido2")] },
            < 760 => user with { Methods = [Method("fido2")] },
            < 860 => user with { Methods = [Method("microsoftAuthenticator")], Default = "push" },
            < 880 => user with { Phones = mobile, Methods = [Method("windowsHello")] },
            < 900 => user with { Methods = [Method("windowsHello")] },
            < 910 => user with { Methods = [Method("platformCredential")] },
            < 920 => user with { Phones = mobile, Methods = [Method("external")] },
            < 930 => user with { Phones = mobile, Methods = [Method("future")], Default = "sms" },
            < 950 => user with { Phones = mobile, Methods = [Method("softwareOath")], Default = "oath" },
            < 955 => user with { Methods = [Method("hardwareOath")], Default = "oath" },
            < 960 => user with { Phones = mobile, Methods = [Method("qrCodePin")] },
            < 965 => user with { Methods = [Method("resourceAccountKey")] },
            < 970 => user with { Email = $"person{number}@example.org" },
            _ => user,
        };
    }

    /// <summary>A method with its past: registered some time ago, used at the last sign-in, or never, or the service does not know. Every third passkey
    /// is a synced one.</summary>
    private static SeedMethod Lived(SeedMethod method, ulong dice, DateTimeOffset lastDay, DateTimeOffset? lastSignIn) => method with
    {
        Created = Share(dice) < 20 ? null : lastDay.AddDays(-30 - (int)(dice % 500)),
        LastUsed = Share(dice + 1) < 800 ? lastSignIn : null,
        Properties = method.Kind == "fido2"
            ? ImmutableSortedDictionary<string, string>.Empty.Add("passkeyType", dice % 3 == 0 ? "synced" : "deviceBound")
                .Add("attestationLevel", "notAttested")
            : null,
    };

    private static SeedMethod Method(string kind) => new() { Kind = kind, DisplayName = kind };

    private static SeedRoleAssignment Role(string role, string principal) => new() { Role = role, Principal = principal };

    private static Guid Id(int last) => new($"5a17b0c5-0000-4000-8000-{last:D12}");

    private static int Share(ulong dice) => (int)(dice % 1000);
}
