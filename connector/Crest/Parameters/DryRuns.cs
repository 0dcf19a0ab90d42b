using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Parameters;

/// <summary>
/// The dry run of a write: <c>?_dryRun=true</c> or <c>X-Dry-Run: true</c>. Only <c>true</c> and <c>false</c>, so spelt, are understood:
/// anyone who wanted a dry run and misspelt it must not write.
/// </summary>
public static class DryRuns
{
    /// <summary>The header.</summary>
    public const string Header = "X-Dry-Run";

    private static readonly string[] Spellings = [Header, "Dry-Run"];

    /// <summary>Whether a write is a dry run; 400 when a header is nearly <see cref="Header"/>, or where <see cref="Read"/> says so.</summary>
    /// <param name="parameter">What the query says; null when it says nothing.</param>
    /// <param name="headers">Names of the headers sent.</param>
    /// <param name="header">As <see cref="Read"/> takes it.</param>
    public static Parsed<bool> OfWrite(bool? parameter, IEnumerable<string> headers, string? header) =>
        Misspelt(headers) is { } misspelt ? misspelt : Read(parameter, header);

    /// <summary>Whether the request is a dry run. Header and parameter that contradict each
    /// other are a 400: neither reading is surely the one that was meant.</summary>
    /// <param name="parameter">What the query says; null when it says nothing.</param>
    /// <param name="header">The header as sent, several lines joined by commas; null when not sent.</param>
    public static Parsed<bool> Read(bool? parameter, string? header)
    {
        if (header is null) return parameter ?? false;
        if (Parse(header.Trim()) is not { } wanted) return Refusal($"The header {Header}");
        return parameter is null || parameter == wanted ? wanted
            : CrestError.Bad($"The header {Header} and the query parameter contradict each other. Nothing was written. Send one of them.");
    }

    /// <summary>What to answer to a write with a header that is nearly <see cref="Header"/>, such as <c>X-DryRun</c>; null when there is none.</summary>
    /// <param name="headers">Names of the headers sent.</param>
    public static CrestError? Misspelt(IEnumerable<string> headers)
    {
        bool wrong = headers.Any(name => !name.Equals(Header, StringComparison.OrdinalIgnoreCase) && IsNear(name));
        const string Advice = $"Write {Header}: true, or leave it out.";
        return wrong ? new CrestError(CrestStatus.BadRequest, $"A header looks like {Header} and is spelt otherwise. Nothing was written. {Advice}",
            ErrorDetail.Advice(Advice)) : null;
    }

    /// <summary>Its letters hold those of the right name, are nearly those, or stop at the first word.</summary>
    private static bool IsNear(string name)
    {
        string letters = string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return letters.Contains("dryrun", StringComparison.Ordinal) || letters is "dry" or "xdry" || NearestName.Find(name, Spellings) is not null;
    }

    internal static bool? Parse(string value) => value switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    internal static CrestError Refusal(string what) =>
        new(CrestStatus.BadRequest, $"{what} is neither 'true' nor 'false'. Nothing was written.",
            ErrorDetail.Advice("Write true or false, in lower case, once."));
}
