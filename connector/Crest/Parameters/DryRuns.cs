using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Parameters;

/// <summary>
/// The dry run of a write: <c>?_dryRun=true</c> or <c>X-Dry-Run: true</c>. Only <c>true</c> and <c>false</c>, so spelt, are understood:
/// whoever wanted a dry run and misspelt it must not write.
/// </summary>
public static class DryRuns
{
    /// <summary>The header.</summary>
    public const string Header = "X-Dry-Run";

    /// <summary>Whether the request is a dry run. Header and parameter that contradict each other are a 400.</summary>
    /// <param name="parameter"><see cref="CrestQuery.DryRun"/>.</param>
    /// <param name="header">The header as sent, several lines joined by commas; null when not sent.</param>
    public static Parsed<bool> Of(bool? parameter, string? header)
    {
        if (header is null) return parameter ?? false;
        if (Parse(header.Trim()) is not { } wanted) return Refusal($"The header {Header}");
        return parameter is null || parameter == wanted ? wanted
            : CrestError.Bad($"The header {Header} and the request parameter '_dryRun' contradict each other. Nothing was written. Send one of them.");
    }

    internal static bool? Parse(string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    internal static CrestError Refusal(string what) =>
        new(CrestStatus.BadRequest, $"{what} is neither 'true' nor 'false'. Nothing was written.", ErrorDetail.Advice("Write true or false, in lower case, once."));
}
