using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Seed;

/// <summary>Makes the directory that a seed describes.</summary>
internal static class SeedLoading
{
    public static readonly Guid ContosoTenantId = new("5a17b0c5-0000-4000-8000-c0ffee5a17b0");

    public static UserDirectory Load(SandboxSeed seed)
    {
        SandboxSettings settings = seed.Settings ?? SandboxSettings.Default;
        UserDirectory directory = new UserDirectory();
        foreach (SeedUser user in seed.Users)
        {
            directory.Add(User(user, settings));
            if (user.IsAdmin) AddRole(directory, new SeedRoleAssignment { Role = "GlobalAdministrator", Principal = user.UserPrincipalName });
        }
        foreach (SeedGenerator generator in seed.Generate) SeedGeneration.Into(directory, generator);
        foreach (SeedGroup group in seed.Groups)
        {
            Guid id = group.Id ?? DerivedId.From("group:" + group.DisplayName);
            if (!directory.Groups.TryAdd(id, new SandboxGroup(id, group.DisplayName, []) { Facts = group.Facts ?? new GroupFacts() }))
                throw new SandboxSeedException($"The group '{group.DisplayName}' stands in the seed twice.");
        }
        foreach (SeedGroup group in seed.Groups)
        {
            Guid id = group.Id ?? DerivedId.From("group:" + group.DisplayName);
            directory.Groups[id] = directory.Groups[id] with
            {
                Members = [.. group.Members.Select(m => Principal(directory,
                m, $"a member of the group '{group.DisplayName}'"))]
            };
        }
        foreach (SeedRoleAssignment role in seed.RoleAssignments) AddRole(directory, role);
        foreach (SeedRoleAssignment role in seed.RoleEligibilities) directory.Eligibilities.Add(Assignment(directory, role));
        return directory;
    }

    public static SandboxUser User(SeedUser seed, SandboxSettings settings)
    {
        bool guest = seed.UserType is null
            ? seed.UserPrincipalName.Contains("#EXT#", StringComparison.OrdinalIgnoreCase)
            : seed.UserType.Equals("Guest", StringComparison.OrdinalIgnoreCase);
        if (seed.UserPrincipalName.Length == 0) throw new SandboxSeedException("A user has an empty userPrincipalName.");
        SeedPhones phones = seed.Phones ?? new SeedPhones();
        if (phones.AlternateMobile is not null && phones.Mobile is null)
            throw new SandboxSeedException($"The user '{seed.UserPrincipalName}' has an alternateMobile without a mobile; the service knows no such user.");
        bool inScope = !guest && (seed.SmsSignInScope ?? settings.SmsSignInForAll);
        StoredSmsState mobileState = seed.SmsSignInState
            ?? (guest ? StoredSmsState.NotSupported : inScope ? StoredSmsState.NotEnabled : StoredSmsState.NotAllowedByPolicy);
        return new SandboxUser(seed.Id ?? DerivedId.From("user:" + seed.UserPrincipalName), seed.UserPrincipalName)
        {
            DisplayName = seed.DisplayName ?? seed.UserPrincipalName.Split('@')[0],
            Mail = seed.Mail,
            EmployeeId = seed.EmployeeId,
            AccountEnabled = seed.AccountEnabled,
            IsGuest = guest,
            OnPremisesSyncEnabled = seed.OnPremisesSyncEnabled,
            SmsSignInScope = seed.SmsSignInScope,
            Personal = seed.Personal ?? new PersonalFacts(),
            Credentials = new UserCredentials
            {
                Mobile = phones.Mobile is null ? null : new StoredPhone(phones.Mobile, mobileState) { LastUsed = phones.LastUsed },
                AlternateMobile = phones.AlternateMobile is null ? null : new StoredPhone(phones.AlternateMobile) { LastUsed = phones.LastUsed },
                Office = phones.Office is null ? null : new StoredPhone(phones.Office) { LastUsed = phones.LastUsed },
                Email = seed.Email,
                Others = [.. seed.Methods.Select((m, i) => Method(seed, m, i))],
                Default = Default(seed),
                SystemPreferred = seed.SystemPreferred,
                PerUserMfa = seed.PerUserMfa ?? "disabled",
            },
        };
    }

    private static StoredMethod Method(SeedUser user, SeedMethod method, int index)
    {
        MethodKindFacts facts = MethodKindFacts.Named(method.Kind) ?? throw new SandboxSeedException(
            $"The user '{user.UserPrincipalName}' has a method of kind '{method.Kind}'; "
            + $"known are {string.Join(", ", MethodKindFacts.All.Select(f => f.Name))}.");
        return new StoredMethod(facts.Kind, method.Id ?? DerivedId.From($"method:{user.UserPrincipalName}:{facts.Name}:{index}").ToString(),
            method.DisplayName, method.Created, method.Properties, method.Pass)
        { LastUsed = method.LastUsed };
    }

    private static SignInPreference? Default(SeedUser user) => user.Default is null
        ? null
        : DefaultMethods.FromWireName(user.Default) ?? throw new SandboxSeedException(
            $"The user '{user.UserPrincipalName}' has the default '{user.Default}'; known are push, oath, sms, voiceMobile, voiceAlternateMobile, "
            + "voiceOffice.");

    public static void AddRole(UserDirectory directory, SeedRoleAssignment role) => directory.Roles.Add(Assignment(directory, role));

    private static SandboxRoleAssignment Assignment(UserDirectory directory, SeedRoleAssignment role)
    {
        Guid principal = Principal(directory, role.Principal, $"the holder of the role '{role.Role}'");
        Guid definition = RoleTemplates.Id(role.Role);
        return new SandboxRoleAssignment(DerivedId.From($"role:{definition}:{principal}").ToString("N"), definition, principal);
    }

    private static Guid Principal(UserDirectory directory, string idOrName, string what) =>
        directory.Find(idOrName)?.Id ?? directory.FindGroup(idOrName)?.Id
        ?? (Guid.TryParse(idOrName, out Guid id) ? id : throw new SandboxSeedException(
            $"'{idOrName}' is named as {what} but is neither a user nor a group of this seed, nor an id."));
}
