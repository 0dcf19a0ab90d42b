using System.Collections.Immutable;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads what a tenant's section says for readiness: <c>OnPremisesMfa</c>, <c>Sspr</c>, <c>TelephonyProvider</c>, <c>Readiness</c>.</summary>
internal static class ReadinessReading
{
    private const string GroupPrefix = "group:";
    internal const string GroupsMeaning = $"object ids of groups, or `{MethodTargets.AllUsers}`";

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
        SettingsSection onPremises = tenant.Section("OnPremisesMfa", "who signs in through NPS, RADIUS or AD FS, which take push, OATH and calls only");
        SettingsSection reset = tenant.Section("Sspr", "self-service password reset, which Microsoft Graph does not show; what is not set is not known");
        SettingsSection provider = tenant.Section("TelephonyProvider", "the tenant's own telephony provider; what is not set is not known");
        SettingsSection texts = provider.Section("Sms", "whom it texts");
        SettingsSection calls = provider.Section("Voice", "whom it calls");
        SettingsSection section = tenant.Section("Readiness", "for `provision readiness`");
        (ImmutableArray<string> groups, ImmutableHashSet<string> users) = Excluded(section);
        RetirementDates dates = Dates(section);
        ReadinessSettings settings = standard with
        {
            OnPremisesGroups = Groups(onPremises, "Groups", GroupsMeaning),
            ProviderSms = Groups(texts, "Groups", GroupsMeaning),
            ProviderVoice = Groups(calls, "Groups", GroupsMeaning),
            ResetGroups = Groups(reset, "Groups", $"for whom it is on, where the registration report does not show it: {GroupsMeaning}"),
            Reset = Reset(reset),
            Dates = dates,
            History = History(section, dates),
            ExcludedGroups = groups,
            ExcludedUsers = users,
            OnLeaveGroups = Groups(section, "OnLeave", "object ids of groups of people on leave") ?? [],
            LastSignIn = section.Switch("LastSignIn", standard.LastSignIn, "reads the last sign-in; needs `AuditLog.Read.All` and a P1 licence"),
            ManagerRollUp = section.Switch("ManagerRollUp", standard.ManagerRollUp, "counts people by manager too"),
            GuestPasskeys = section.SwitchOrNone("GuestPasskeys", "whether guests can have passkeys in this tenant; not set: not known"),
            DormantAfter = section.Duration("DormantAfter", standard.DormantAfter,
                "enabled people with only a phone who did not sign in for so long are dormant"),
        };
        foreach (SettingsSection read in new[] { onPremises, reset, texts, calls, provider, section }) read.NoOthers();
        return settings;
    }

    private static ResetSettings Reset(SettingsSection section)
    {
        int? required = section.CountIfSet("MethodsRequired", "methods that a reset takes", new SettingRange(1, 2));
        PersonMethods allowed = PersonMethods.None;
        string[] names = [.. ResetMethods.Keys.Order(StringComparer.Ordinal)];
        foreach (string name in section.List("Allowed", $"methods that it takes: {string.Join(", ", names.Select(n => $"`{n}`"))}"))
        {
            if (ResetMethods.TryGetValue(name, out PersonMethods methods)) allowed |= methods;
            else section.Bad("Allowed", $"'{name}' is not a method of password reset. {Suggestion.Hint(name, names)}");
        }

        return new ResetSettings
        {
            MethodsRequired = required, Allowed = section.Exists("Allowed") ? allowed : null,
            Writeback = section.SwitchOrNone("Writeback", "whether passwords are written back on premises"),
        };
    }

    private static ReadinessHistory History(SettingsSection section, RetirementDates dates)
    {
        HistoryKind kind = section.Choice("History", HistoryKind.Counts,
            "what the store keeps of runs: `Counts`, or `People` too, which needs `Purpose`");
        string? purpose = section.Text("Purpose", "what people are kept for, in words; with `History` `People` only");
        DateOnly? until = section.DateIfSet("Until",
            $"the last day on which people are kept; not set: {ReadinessHistory.DaysAfter} days after `Dates:Members`");
        if (kind == HistoryKind.Counts) return ReadinessHistory.CountsOnly;
        if (string.IsNullOrWhiteSpace(purpose)) section.Bad("Purpose", "People are kept for a purpose only. Say what for, or set History to Counts.");
        return new ReadinessHistory(kind, purpose, until ?? dates.Members.AddDays(ReadinessHistory.DaysAfter));
    }

    private static RetirementDates Dates(SettingsSection readiness)
    {
        RetirementDates standard = new();
        SettingsSection section = readiness.Section("Dates", "when Microsoft's SMS and voice end, as Microsoft announced it");
        RetirementDates dates = new()
        {
            Members = section.Date("Members", standard.Members, "for members, internal guests and PIM-eligible administrators"),
            GlobalAdministratorsAndExternals = section.Date("GlobalAdministratorsAndExternals", standard.GlobalAdministratorsAndExternals,
                "for Global Administrators and external users"),
            ProviderFinished = section.Date("ProviderFinished", standard.ProviderFinished, "by then an own telephony provider should be finished"),
            Source = section.TextOr("Source", standard.Source, "where the dates were read"),
            ReadOn = section.Date("ReadOn", standard.ReadOn, "when they were read"),
        };
        section.NoOthers();
        return dates;
    }

    /// <summary>Object ids of groups, or <c>all_users</c>; null: not set.</summary>
    internal static ImmutableArray<string>? Groups(SettingsSection section, string key, string meaning)
    {
        ImmutableArray<string> groups = section.List(key, meaning);
        foreach (string group in groups) Check(section, key, group);
        return section.Exists(key) ? groups : null;
    }

    private static (ImmutableArray<string> Groups, ImmutableHashSet<string> Users) Excluded(SettingsSection section)
    {
        ImmutableArray<string> entries = section.List("Exclude",
            "people to leave aside, such as shared mailboxes: user principal names, object ids, or `group:ID`");
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
