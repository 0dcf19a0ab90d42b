using ProvisioningConnector.Engine.Pacing;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads a tenant's <c>Quota</c>.</summary>
internal static class QuotaReading
{
    public static QuotaSettings Read(SettingsSection tenant)
    {
        QuotaSettings standard = new();
        SettingsSection section = tenant.Section("Quota", "ceilings of requests; the real limit is learned below them");
        QuotaSettings quota = new(
            section.Number("ReadsPerSecond", standard.ReadsPerSecond, "reads, on the long run", SettingRange.AboveZero),
            section.Number("ReadBurst", standard.ReadBurst, "reads at once after a pause", SettingRange.AtLeastOne),
            section.Number("WritesPerSecond", standard.WritesPerSecond, "writes, on the long run", SettingRange.AboveZero),
            section.Number("WriteBurst", standard.WriteBurst, "writes at once after a pause", SettingRange.AtLeastOne),
            section.Number("Start", standard.Start, "multiplies all four at the beginning of a run", SettingRange.Share),
            section.Number("WriteBudget", standard.WriteBudget, "multiplies the writes: the rest is left to users' own registrations", SettingRange.Share),
            section.Count("MaxInFlight", standard.MaxInFlight, "requests under way at once", SettingRange.AtLeastOne));
        foreach (Engine.Model.SettingProblem problem in quota.Problems()) section.Bad(problem.Key, problem.Message);
        section.NoOthers();
        return quota;
    }
}
