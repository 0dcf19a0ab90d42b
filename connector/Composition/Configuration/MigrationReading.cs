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
            KindsRequired = section.Count("KindsRequired", standard.KindsRequired, "how many kinds of method must be in use", new SettingRange(1, 3)),
        };
        section.NoOthers();
        return settings;
    }

    private static SettingRange Days(double least, double most) => new(TimeSpan.FromDays(least).TotalSeconds, TimeSpan.FromDays(most).TotalSeconds);
}
