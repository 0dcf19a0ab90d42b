using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>How guardrails are shown: which are switched off, and what their figures count (docs/safety.md#guardrails).</summary>
internal static class GuardrailWords
{
    private const string Off = "Off";

    /// <summary>Whether the configuration switches it off. Such a guardrail passes whatever the plan holds, so it must not look as if it had checked.</summary>
    public static bool IsOff(ReportHeader head, GuardrailVerdict guardrail) => guardrail.Verdict == Verdict.Pass && guardrail.Name switch
    {
        "MaxDeletes" => IsNone(head.Limits.MaxDeletes),
        "MaxUpdates" => IsNone(head.Limits.MaxUpdates),
        "MaxAdds" => IsNone(head.Limits.MaxAdds),
        "MaxLastPhone" => IsNone(head.Limits.MaxLastPhone),
        "ReadErrors" => IsNone(head.Limits.ReadErrors),
        "SourceShrink" => IsNone(head.Limits.SourceShrink),
        "SharedNumber" => head.Limits.SharedNumber is null,
        "ProtectPrivileged" => head.Limits.ProtectPrivileged == Off,
        "SourceOlder" => head.Limits.SourceOlder == Off,
        _ => false,
    };

    /// <summary><c>9 passed</c>, <c>8 passed, 1 off (MaxAdds)</c>; null when none passed and none is off.</summary>
    public static string? Passed(ReportHeader head)
    {
        string[] off = [.. head.Guardrails.Where(guardrail => IsOff(head, guardrail)).Select(static guardrail => guardrail.Name)];
        int passed = head.Guardrails.Count(static guardrail => guardrail.Verdict == Verdict.Pass) - off.Length;
        string[] parts =
        [
            .. passed > 0 ? [$"{Quantity.Of(passed)} passed"] : Array.Empty<string>(),
            .. off.Length > 0 ? [$"{Quantity.Of(off.Length)} off ({string.Join(", ", off)})"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? null : string.Join(", ", parts);
    }

    /// <summary>A measured figure or a limit with its unit; null where there is none.</summary>
    public static string? Figure(ReportHeader head, GuardrailVerdict guardrail, bool limit)
    {
        if ((limit ? guardrail.Limit : guardrail.Actual) is not { } number) return null;
        return guardrail.Name switch
        {
            "MaxDeletes" => Quantity.Of(number, "deletion"),
            "MaxUpdates" => Quantity.Of(number, "change"),
            "MaxAdds" => Quantity.Of(number, "addition"),
            "MaxLastPhone" or "ReadErrors" or "SharedNumber" or "Protected" or "ProtectPrivileged" or "RetiringMethod" => Quantity.Of(number, "user"),
            "SourceShrink" => limit && !head.Limits.SourceShrink.Contains('%', StringComparison.Ordinal)
                ? Quantity.Of(number, "row") : $"{Quantity.Of(number)} %",
            _ => Quantity.Of(number),
        };
    }

    private static bool IsNone(string limit) => string.Equals(limit, Limit.None.ToString(), StringComparison.OrdinalIgnoreCase);
}
