using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads a tenant's <c>Guardrails</c> (docs/safety.md#guardrails).</summary>
internal static class GuardrailReading
{
    private const int MostTimes = 1000;

    public static GuardrailLimits Read(SettingsSection tenant)
    {
        GuardrailLimits standard = new();
        SettingsSection section = tenant.Section("Guardrails", "limits on the whole plan, before the first write: [guardrails](safety.md#guardrails)");
        GuardrailLimits limits = standard with
        {
            MaxDeletes = section.Limit("MaxDeletes", standard.MaxDeletes, "deletions"),
            MaxUpdates = section.Limit("MaxUpdates", standard.MaxUpdates, "changed values"),
            MaxAdds = section.Limit("MaxAdds", standard.MaxAdds, "additions"),
            MaxLastPhone = section.Limit("MaxLastPhone", standard.MaxLastPhone, "users who lose their last phone"),
            SharedNumber = section.CountOrNone("SharedNumber", standard.SharedNumber, "users that may want one number; more, and their phones are held",
                SettingRange.AtLeastOne),
            ReadErrors = section.Limit("ReadErrors", standard.ReadErrors,
                "users not read: above it deletions are held, above ten times it nothing is written"),
            MinPopulation = section.Count("MinPopulation", standard.MinPopulation, "percentages apply from so many users on", new SettingRange(0)),
            SourceShrink = section.Limit("SourceShrink", standard.SourceShrink,
                "a full list that lost so many rows against the last accepted one is refused"),
            SourceOlder = section.Switch("SourceOlder", standard.SourceOlder, "a list older than the last accepted one is refused"),
            RetiringMethod = section.Choice("RetiringMethod", standard.RetiringMethod,
                "phones for people whose SMS and voice have ended: `Warn` writes them with a warning, `Hold` holds them; "
                + "[see there](safety.md#retiring-methods)"),
            PerDay = Times(section, "PerDay", standard.PerDay, "how many times a run's limit may be used within 24 hours, all runs together"),
            PerWeek = Times(section, "PerWeek", standard.PerWeek, "the same within 7 days"),
            OnBreach = section.Choice("OnBreach", standard.OnBreach, "with `Withhold` only what breaks the guardrail is held, instead of everything"),
        };
        section.NoOthers();
        return limits;
    }

    private static decimal Times(SettingsSection section, string key, decimal standard, string meaning) =>
        (decimal)section.Number(key, (double)standard, meaning, new SettingRange(1, MostTimes));
}
