using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>The settings that protect a tenant, by their names in the configuration and as text, so that they can be written down and compared later.</summary>
public static class Safeguards
{
    /// <summary>Whether a token that may write more than its step needs is refused; of the tenant, and no part of limits or policy.</summary>
    public const string StepSurplus = "StepCredentials:Surplus";

    public static ImmutableSortedDictionary<string, string> From(
        GuardrailLimits limits, PlanningPolicy policy, IEnumerable<string> protectedUsers, ApprovalRule approval, TimeSpan planMaxAge)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(policy);
        ImmutableSortedDictionary<string, string>.Builder all = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        all["Guardrails:MaxDeletes"] = $"{limits.MaxDeletes}";
        all["Guardrails:MaxUpdates"] = $"{limits.MaxUpdates}";
        all["Guardrails:MaxAdds"] = $"{limits.MaxAdds}";
        all["Guardrails:MaxLastPhone"] = $"{limits.MaxLastPhone}";
        all["Guardrails:ReadErrors"] = $"{limits.ReadErrors}";
        all["Guardrails:SharedNumber"] = limits.SharedNumber is { } shared ? Text(shared) : "none";
        all["Guardrails:MinPopulation"] = Text(limits.MinPopulation);
        all["Guardrails:SourceShrink"] = $"{limits.SourceShrink}";
        all["Guardrails:SourceOlder"] = limits.SourceOlder ? "On" : "Off";
        all["Guardrails:RetiringMethod"] = $"{limits.RetiringMethod}";
        all["Guardrails:PerDay"] = limits.PerDay.ToString(CultureInfo.InvariantCulture);
        all["Guardrails:PerWeek"] = limits.PerWeek.ToString(CultureInfo.InvariantCulture);
        all["Guardrails:OnBreach"] = $"{limits.OnBreach}";
        all["ProtectPrivileged"] = limits.ProtectPrivileged ? "On" : "Off";
        all["Policy:Overwrite"] = $"{policy.Overwrite}";
        all["Policy:AddPhone"] = $"{policy.AddPhone}";
        all["Policy:SameNumberInTwoSlots"] = $"{policy.SameNumberInTwoSlots}";
        all["Policy:AlternateOnly"] = $"{policy.AlternateOnly}";
        all["Policy:LastMethod"] = $"{policy.LastMethod}";
        all["Policy:DefaultMethod"] = $"{policy.DefaultMethod}";
        all["Policy:KeepDefault"] = policy.KeepDefault ? "true" : "false";
        all["Policy:Drift"] = $"{policy.Drift}";
        all["Policy:Guests"] = $"{policy.Guests}";
        all["Policy:Disabled"] = $"{policy.Disabled}";
        all["Policy:Phones"] = $"{policy.Phones}";
        all["Policy:Numbers:NotAssigned"] = $"{policy.Numbers.NotAssigned}";
        all["Policy:Numbers:MobileIsFixedLine"] = $"{policy.Numbers.MobileIsFixedLine}";
        all["Policy:Numbers:NotPersonal"] = $"{policy.Numbers.NotPersonal}";
        all["Policy:Numbers:Premium"] = $"{policy.Numbers.Premium}";
        all["Policy:HeldIsFinding"] = policy.HeldIsFinding.Removals is { } nights ? Text(nights) : "none";
        all["RequireApproval"] = $"{approval}";
        all["PlanMaxAge"] = planMaxAge.ToString("c", CultureInfo.InvariantCulture);
        foreach (string user in protectedUsers) all[Loosening.Protected + user.ToLowerInvariant()] = "protected";
        return all.ToImmutable();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
