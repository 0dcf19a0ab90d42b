using System.Text.RegularExpressions;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Headings of Markdown pages as the anchors that links use.</summary>
internal static partial class Headings
{
    /// <summary>The anchors of a page, in the order of its headings; of equal headings the later ones have a number.</summary>
    public static IReadOnlyList<string> Find(string page)
    {
        List<string> anchors = [];
        bool isCode = false;
        foreach (string line in File.ReadLines(page))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) isCode = !isCode;
            if (isCode || Heading().Match(line) is not { Success: true } heading) continue;
            string anchor = Anchor(heading.Groups[1].Value);
            int same = 0;
            while (anchors.Contains(same == 0 ? anchor : $"{anchor}-{same}")) same++;
            anchors.Add(same == 0 ? anchor : $"{anchor}-{same}");
        }

        return anchors;
    }

    private static string Anchor(string heading) => Punctuation().Replace(heading.Trim().ToLowerInvariant(), string.Empty).Replace(' ', '-');

    [GeneratedRegex("^#{1,6} (.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
