using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads what a tenant's section says for readiness: <c>OnPremisesMfa</c>, <c>Sspr</c>, <c>TelephonyProvider</c>, <c>Readiness</c>.</summary>
internal static class ReadinessReading
{
    private const string GroupPrefix = "group:";

    /// <summary>Names of methods of password reset, as the Entra admin center calls them.</summary>
    private static readonly ImmutableDictionary<string, PersonMethods> ResetMethods = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
        new Dictionary<string, PersonMethods>(StringComparer.Ordinal)
        {
            ["mobilePhone"] = PersonMethods.MobilePhone, ["officePhone"] = PersonMethods.OfficePhone, ["email"] = PersonMethods.Email,
            ["securityQuestions"] = PersonMethods.SecurityQuestions,
            ["mobileAppNotification"] = PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless,
            ["mobileAppCode"] = PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless | PersonMethods.SoftwareOath,
            ["hardwareOath"] = PersonMethods.HardwareOath,
        });

    public static ReadinessSettings Read(SettingsSection tenant)
    {
        ReadinessSettings standard = new();
        SettingsSection onPremises = tenant.Section("OnPremisesMfa");
        SettingsSection reset = tenant.Section("Sspr");
        SettingsSection provider = tenant.Section("TelephonyProvider");
        SettingsSection texts = provider.Section("Sms");
        SettingsSection calls = provider.Section("Voice");
        SettingsSection section = tenant.Section("Readiness");
        (ImmutableArray<string> groups, ImmutableHashSet<string> users) = Excluded(section);
        ReadinessSettings settings = standard with
        {
            OnPremisesGroups = Groups(onPremises, "Groups"),
            ProviderSms = Groups(texts, "Groups"),
            ProviderVoice = Groups(calls, "Groups"),
            ResetGroups = Groups(reset, "Groups"),
            Reset = Reset(reset),
            Dates = Dates(section.Section("Dates")),
            ExcludedGroups = groups,
            ExcludedUsers = users,
            OnLeaveGroups = Groups(section, "OnLeave") ?? [],
            LastSignIn = section.Switch("LastSignIn", standard.LastSignIn),
            ManagerRollUp = section.Switch("ManagerRollUp", standard.ManagerRollUp),
            GuestPasskeys = Switch(section, "GuestPasskeys"),
            DormantAfter = section.Duration("DormantAfter", standard.DormantAfter),
        };
        foreach (SettingsSection read in new[] { onPremises, reset, texts, calls, provider, section }) read.NoOthers();
        return settings;
    }

    private static ResetSettings Reset(SettingsSection section)
    {
        int required = section.Count("MethodsRequired", 1);
        if (required is < 1 or > 2) section.Bad("MethodsRequired", "A reset takes 1 or 2 methods.");
        PersonMethods allowed = PersonMethods.None;
        foreach (string name in section.List("Allowed"))
        {
            string hint = Suggestion.Hint(name, ResetMethods.Keys.Order(StringComparer.Ordinal));
            if (ResetMethods.TryGetValue(name, out PersonMethods methods)) allowed |= methods;
            else section.Bad("Allowed", $"'{name}' is not a method of password reset. {hint}");
        }

        return new ResetSettings
        {
            MethodsRequired = section.Exists("MethodsRequired") ? required : null, Allowed = section.Exists("Allowed") ? allowed : null,
            Writeback = Switch(section, "Writeback"),
        };
    }

    private static RetirementDates Dates(SettingsSection section)
    {
        RetirementDates standard = new();
        RetirementDates dates = new()
        {
            Members = Date(section, "Members", standard.Members),
            GlobalAdministratorsAndExternals = Date(section, "GlobalAdministratorsAndExternals", standard.GlobalAdministratorsAndExternals),
            ProviderFinished = Date(section, "ProviderFinished", standard.ProviderFinished), Source = section.Text("Source", standard.Source),
            ReadOn = Date(section, "ReadOn", standard.ReadOn),
        };
        section.NoOthers();
        return dates;
    }

    private static DateOnly Date(SettingsSection section, string key, DateOnly standard)
    {
        if (section.Word(key) is not { } text) return standard;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)) return date;
        section.Bad(key, $"'{text}' is not a date. Write it as 2027-02-01.");
        return standard;
    }

    private static bool? Switch(SettingsSection section, string key)
    {
        bool on = section.Switch(key, false);
        return section.Exists(key) ? on : null;
    }

    /// <summary>Object ids of groups, or <c>all_users</c>; null: not set.</summary>
    private static ImmutableArray<string>? Groups(SettingsSection section, string key)
    {
        ImmutableArray<string> groups = section.List(key);
        foreach (string group in groups) Check(section, key, group);
        return section.Exists(key) ? groups : null;
    }

    private static (ImmutableArray<string> Groups, ImmutableHashSet<string> Users) Excluded(SettingsSection section)
    {
        ImmutableArray<string> entries = section.List("Exclude");
        ImmutableArray<string> groups = [.. entries.Where(IsGroup).Select(static entry => entry[GroupPrefix.Length..])];
        foreach (string group in groups) Check(section, "Exclude", group);
        return (groups, entries.Where(static entry => !IsGroup(entry)).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsGroup(string entry) => entry.StartsWith(GroupPrefix, StringComparison.OrdinalIgnoreCase);

    private static void Check(SettingsSection section, string key, string group)
    {
        if (Guid.TryParse(group, out _) || group.Equals(MethodTargets.AllUsers, StringComparison.OrdinalIgnoreCase)) return;
        section.Bad(key, $"'{group}' is not the object id of a group. Copy the id from the Entra admin center, or write {MethodTargets.AllUsers}.");
    }
}
