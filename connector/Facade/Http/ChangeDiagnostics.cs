using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Facade.Http;

/// <summary>
/// Codes of what is to be known of a change that came to what was asked, such as a removal of a method that is not there (<c>methodNotThere</c>): the
/// header <c>X-Diagnostics</c> of both APIs (docs/facade.md#diagnostics). Plans and problems have them in their bodies.
/// </summary>
internal static class ChangeDiagnostics
{
    public const string Header = "X-Diagnostics";

    /// <summary>The codes, separated by commas; null when there are none.</summary>
    public static string? From(RunResult result)
    {
        ImmutableArray<Diagnostic> diagnostics = result switch
        {
            RunResult.NothingToDo nothing => nothing.Plan.Plan.Diagnostics,
            RunResult.Changed { Record: var record } => [.. record.Plan.Plan.Diagnostics, .. record.Result.Diagnostics],
            _ => [],
        };
        string codes = string.Join(", ", diagnostics.Select(static d => d.Code).Distinct(StringComparer.Ordinal));
        return codes.Length == 0 ? null : codes;
    }
}
