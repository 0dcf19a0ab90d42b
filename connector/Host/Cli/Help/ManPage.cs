using System.CommandLine;

namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>All of help as one manual page (<c>man</c>), from the same grammar.</summary>
internal static class ManPage
{
    /// <param name="root">The grammar.</param>
    /// <param name="version">The program's version.</param>
    public static IEnumerable<string> Lines(RootCommand root, string version)
    {
        HelpTopic program = HelpTopics.Of(root, root);
        yield return $".TH PROVISION 1 \"\" \"provision {Escaped(version)}\" \"User Commands\"";
        yield return ".SH NAME";
        yield return $"provision \\- {Escaped(program.Summary)}";
        yield return ".SH SYNOPSIS";
        yield return $".B {Escaped(program.Usage)}";
        yield return ".SH VERBS";
        foreach (Command verb in HelpTopics.All(root))
        {
            foreach (string line in Topic(HelpTopics.Of(root, verb))) yield return line;
        }
    }

    private static IEnumerable<string> Topic(HelpTopic topic)
    {
        yield return $".SS {Escaped(topic.Usage)}";
        yield return Escaped(topic.Summary);
        foreach (HelpSection section in topic.Sections)
        {
            yield return ".PP";
            yield return $".B {Escaped(section.Title)}";
            foreach (HelpRow row in section.Rows)
            {
                yield return ".TP";
                yield return $".B {Escaped(row.Name)}";
                yield return Escaped(row.Text);
            }
        }

        if (topic.Examples.IsEmpty) yield break;
        yield return ".PP";
        yield return ".B Examples";
        foreach (VerbExample example in topic.Examples)
        {
            yield return ".TP";
            yield return $"provision {Escaped(example.Command)}";
            yield return Escaped(example.Meaning);
        }
    }

    /// <summary>Text that troff takes as it is: hyphens that can be searched for and copied, and no request at the start of a line.</summary>
    private static string Escaped(string text)
    {
        string plain = text.Replace("\\", "\\e", StringComparison.Ordinal)
            .Replace("-", "\\-", StringComparison.Ordinal).Replace("'", "\\(aq", StringComparison.Ordinal);
        string ascii = string.Concat(plain.EnumerateRunes().Select(static rune => rune.IsAscii ? rune.ToString() : $"\\[u{rune.Value:X4}]"));
        return ascii.StartsWith('.') ? $"\\&{ascii}" : ascii;
    }
}
