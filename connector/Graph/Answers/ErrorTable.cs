using System.Collections.Immutable;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>
/// The one table that says what an answer means: status, code and message fragment → kind, our stable code, message, advice.
/// First match wins. Rows recognised by text stand first, because distinct conditions share <c>badRequest</c> and the statuses of many
/// are not known (docs/graph.md#error-catalogue); rows by status close the table, so that every answer finds one.
/// </summary>
internal static class ErrorTable
{
    public static ImmutableArray<ErrorRule> Rules { get; } = [.. ErrorRulesByText.Rules, .. ErrorRulesByStatus.Rules];

    public static ErrorRule Find(int status, in ErrorEnvelope envelope, Purpose purpose)
    {
        // Throttling is said by status alone, whatever the text.
        if (status == 429) return ErrorRulesByStatus.Throttled;
        foreach (ErrorRule rule in Rules)
        {
            if (rule.Matches(status, envelope, purpose)) return rule;
        }

        return ErrorRulesByStatus.Other;
    }
}
