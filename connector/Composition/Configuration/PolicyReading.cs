using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads a tenant's <c>Policy</c> (docs/design.md#policies).</summary>
internal static class PolicyReading
{
    public static PlanningPolicy Read(SettingsSection tenant)
    {
        PlanningPolicy standard = PlanningPolicy.Default;
        SettingsSection section = tenant.Section("Policy", "what may be changed, and how: [policies](design.md#policies)");
        PlanningPolicy policy = new()
        {
            Overwrite = section.Choice("Overwrite", standard.Overwrite, "with `WhenEmpty` existing values are neither changed nor removed"),
            AddPhone = section.Choice("AddPhone", standard.AddPhone,
                "no phone for users with a stronger method (`NoStronger`), or with any method (`NoMethod`)"),
            SameNumberInTwoSlots = section.Choice("SameNumberInTwoSlots", standard.SameNumberInTwoSlots,
                "with `Avoid` never one number in two slots, not even on the way"),
            AlternateOnly = section.Choice("AlternateOnly", standard.AlternateOnly, "with `Promote` a lone alternateMobile becomes the mobile"),
            LastMethod = section.Choice("LastMethod", standard.LastMethod, "whether a user may be left without any usable method"),
            DefaultMethod = section.Choice("DefaultMethod", standard.DefaultMethod,
                "`Leave` holds what would delete the user's default method; `Switch` makes another method the default first"),
            KeepDefault = section.Switch("KeepDefault", standard.KeepDefault, "sets the default back if adding a first phone moved it"),
            Drift = section.Choice("Drift", standard.Drift, "values changed in the tenant since they were verified are held, or with `SourceWins` put back, "
                + "and reported"),
            Guests = section.Choice("Guests", standard.Guests, "whether guests are changed"),
            Disabled = section.Choice("Disabled", standard.Disabled, "whether disabled users are changed"),
            Phones = section.Choice("Phones", standard.Phones,
                "with `Retired` no phone is put into an empty slot: [after the retirement](retirement.md#keep-removed-phones-away)"),
            Numbers = Numbers(section),
            HeldIsFinding = HeldIsFinding(section, standard.HeldIsFinding),
        };
        section.NoOthers();
        return policy;
    }

    private static HeldNights HeldIsFinding(SettingsSection section, HeldNights standard)
    {
        const int unset = -1;
        int? nights = section.CountOrNone(nameof(PlanningPolicy.HeldIsFinding), unset,
            "nights after which what a policy or a protection holds is a finding (exit 4): [held for nights](design.md#held-for-nights)",
            new SettingRange(1, HeldNights.Most), "7 for removals, else `none`");
        return nights == unset ? standard : HeldNights.From(nights);
    }

    private static NumberPolicies Numbers(SettingsSection policy)
    {
        NumberPolicies standard = NumberPolicies.Default;
        SettingsSection section = policy.Section("Numbers",
            "what becomes of numbers that the [second opinion](safety.md#second-opinion-on-numbers) speaks against");
        NumberPolicies policies = new()
        {
            NotAssigned = section.Choice("NotAssigned", standard.NotAssigned, "numbers in a range that their country does not use"),
            MobileIsFixedLine = section.Choice("MobileIsFixedLine", standard.MobileIsFixedLine, "fixed lines in the slot mobile"),
            NotPersonal = section.Choice("NotPersonal", standard.NotPersonal, "toll-free, shared-cost and company numbers, pagers, voicemail"),
            Premium = section.Choice("Premium", standard.Premium, "premium-rate numbers"),
        };
        section.NoOthers();
        return policies;
    }
}
