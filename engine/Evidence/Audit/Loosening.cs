using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>A safeguard that protects less than before.</summary>
/// <param name="Name">Name in the configuration.</param>
/// <param name="Before">What it was at the last run of the tenant.</param>
/// <param name="Now">What it is; "none" where it is gone.</param>
public sealed record Loosened(string Name, string Before, string Now);

/// <summary>Compares the safeguards of two runs. Names that it does not know, and those that are new, are left aside.</summary>
public static class Loosening
{
    /// <summary>Stands before the names of protected users.</summary>
    public const string Protected = "Protected:";

    private const string Gone = "none";

    /// <summary>Words from the safest to the loosest.</summary>
    private static ImmutableDictionary<string, ImmutableArray<string>> Words { get; } = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal)
    {
        ["Guardrails:OnBreach"] = ["Stop", "Withhold"],
        ["Guardrails:SourceOlder"] = ["On", "Off"],
        ["Guardrails:RetiringMethod"] = ["Hold", "Warn", "Off"],
        ["ProtectPrivileged"] = ["On", "Off"],
        ["Policy:Overwrite"] = ["WhenEmpty", "Always"],
        ["Policy:AddPhone"] = ["NoMethod", "NoStronger", "Always"],
        ["Policy:SameNumberInTwoSlots"] = ["Avoid", "Allow"],
        ["Policy:AlternateOnly"] = ["Refuse", "Promote"],
        ["Policy:LastMethod"] = ["Refuse", "Allow"],
        ["Policy:DefaultMethod"] = ["Leave", "Switch"],
        ["Policy:KeepDefault"] = ["true", "false"],
        ["Policy:Drift"] = ["Hold", "SourceWins"],
        ["Policy:Guests"] = ["Hold", "Manage"],
        ["Policy:Disabled"] = ["Hold", "Manage"],
        ["Policy:Phones"] = ["Retired", "Manage"],
        ["Policy:Numbers:NotAssigned"] = ["Hold", "Warn", "Off"],
        ["Policy:Numbers:MobileIsFixedLine"] = ["Hold", "Warn", "Off"],
        ["Policy:Numbers:NotPersonal"] = ["Hold", "Warn", "Off"],
        ["Policy:Numbers:Premium"] = ["Hold", "Warn", "Off"],
        [Safeguards.StepSurplus] = ["Refuse", "Allow"],
        ["RequireApproval"] = ["Always", "Deletes", "Never"],
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static ImmutableArray<Loosened> Between(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(now);
        ImmutableArray<Loosened>.Builder all = ImmutableArray.CreateBuilder<Loosened>();
        foreach ((string name, string old) in before.OrderBy(b => b.Key, StringComparer.Ordinal))
        {
            bool there = now.TryGetValue(name, out string? present);
            if (name.StartsWith(Protected, StringComparison.Ordinal)
                ? !there : there && present is not null && IsLooser(name, old, present)) all.Add(new Loosened(name, old, present ?? Gone));
        }

        return all.ToImmutable();
    }

    private static bool IsLooser(string name, string before, string now)
    {
        if (string.Equals(before, now, StringComparison.Ordinal)) return false;
        if (Words.TryGetValue(name, out ImmutableArray<string> words)) return words.IndexOf(now) > words.IndexOf(before);
        if (name == "PlanMaxAge") return TimeSpan.TryParse(before, CultureInfo.InvariantCulture, out TimeSpan was)
            && TimeSpan.TryParse(now, CultureInfo.InvariantCulture, out TimeSpan isNow) && isNow > was;
        if (decimal.TryParse(before, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal few)
            && decimal.TryParse(now, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal many)) return many > few;
        return Limit.TryParse(before, out Limit old) && Limit.TryParse(now, out Limit fresh) && IsLooser(old, fresh);
    }

    /// <summary>Whether there is a size of tenant for which the new limit lets more through.</summary>
    private static bool IsLooser(Limit before, Limit now) => Sizes().Any(size => (now.For(size, 0) ?? long.MaxValue) > (before.For(size, 0) ?? long.MaxValue));

    private static IEnumerable<long> Sizes()
    {
        for (long size = 1; size <= 10_000_000; size *= 10)
        {
            yield return size;
            yield return 2 * size;
            yield return 5 * size;
        }
    }
}
