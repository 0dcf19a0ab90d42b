using ProvisioningConnector.Engine.Migration;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads a tenant's section <c>Migration</c>: rules that can be made stricter, never looser.</summary>
internal static class MigrationReading
{
    public static MigrationSettings Read(SettingsSection tenant)
    {
        MigrationSettings standard = new();
        SettingsSection section = tenant.Section("Migration", "for `provision migrate`; what is written here can only be stricter than the default");
        MigrationSettings settings = standard with
        {
            CleanupAfter = section.Duration("CleanupAfter", standard.CleanupAfter, "how long after a person's retirement date phones may be removed",
                Days(standard.CleanupAfter.TotalDays, 365)),
            UsedWithin = section.Duration("UsedWithin", standard.UsedWithin, "a method counts only if it was used within this span",
                Days(1, standard.UsedWithin.TotalDays)),
            PortableFor = section.Duration("PortableFor", standard.PortableFor,
                "a method that serves on several devices and is in use must have been registered for so long", Days(standard.PortableFor.TotalDays, 365)),
            InviteGroup = Group(section),
            StalledAfter = section.Duration("StalledAfter", standard.StalledAfter, "invited people who get no further for so long are stalled", Days(1, 90)),
            SignIns = section.Switch("SignIns", standard.SignIns,
                "`migrate prove` also reads sign-ins where a method does not say that it was used; needs `AuditLog.Read.All` and a P1 licence"),
            RetiredGroups = ReadinessReading.Groups(section, "RetiredGroups",
                $"for whom policy `Phones` is `Retired`: {ReadinessReading.GroupsMeaning}") ?? [],
            KindsRequired = section.Count("KindsRequired", standard.KindsRequired, "how many kinds of method must be in use", new SettingRange(1, 3)),
        };
        section.NoOthers();
        return settings;
    }

    private static string? Group(SettingsSection section)
    {
        string? group = section.Word("InviteGroup", "object id of the group whose members are invited to register another method");
        if (group is null || Guid.TryParse(group, out _)) return group;
        section.Bad("InviteGroup", $"'{group}' is not the object id of a group. Copy the id from the Entra admin center.");
        return null;
    }

    private static SettingRange Days(double least, double most) => new(TimeSpan.FromDays(least).TotalSeconds, TimeSpan.FromDays(most).TotalSeconds);
}
