using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>
/// Steps of <c>migrate</c> rest on facts about the service that are not certain. So outside a sandbox they write only where the tenant was asked by this
/// version, or where someone says why it is right without (docs/retirement.md#ask-the-tenant-first). What takes something back is never kept from it.
/// </summary>
public static class ProbeRule
{
    public const string Code = "unproven";

    /// <summary>Whether writing this rests on such facts.</summary>
    public static bool Concerns(PlanOrigin origin, bool takesBack) =>
        !takesBack && origin is PlanOrigin.Migration or PlanOrigin.Action { Operation: PlanOrigin.Action.Rescue };

    /// <summary>Why it may not be written; empty: it may.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="probe">Its last probe; null: there was none.</param>
    /// <param name="version">This program's version.</param>
    /// <param name="unproven">Why it is right without a probe; null or blank: nothing is said.</param>
    public static ImmutableArray<Diagnostic> Missing(TenantIdentity tenant, KnownProbe? probe, string version, string? unproven)
    {
        if (tenant.IsSandbox || !string.IsNullOrWhiteSpace(unproven)) return [];
        if (probe is not null && probe.TenantId.Equals(tenant.Id, StringComparison.OrdinalIgnoreCase) && probe.ToolVersion == version) return [];
        string why = probe is null ? "This tenant was not asked yet" : $"This tenant was last asked by version {probe.ToolVersion}, not by {version},";
        return
        [
            Diagnostic.Error(Code, $"{why} what is not certain of it, so nothing is written. Run 'provision doctor --probe probe.json' first; it only reads. "
                + "Or give a reason with --unproven REASON; it is recorded."),
        ];
    }
}
