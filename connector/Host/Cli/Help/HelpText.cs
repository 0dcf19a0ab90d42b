using ProvisioningConnector.Reports.Text;

namespace ProvisioningConnector.Host.Cli.Help;

/// <summary>Help for a terminal.</summary>
internal static class HelpText
{
    /// <summary>Where there is no terminal.</summary>
    public const int UsualWidth = 100;

    private const int WidestName = 28;
    private const int Indent = 2;
    private const string Comment = "  # ";

    /// <param name="topic">What to say.</param>
    /// <param name="width">Of the terminal, in characters.</param>
    public static IEnumerable<string> Lines(HelpTopic topic, int width)
    {
        yield return Broken(topic.Summary, width, 0);
        yield return "";
        yield return Broken($"Usage: {topic.Usage}", width, Indent + 4);
        foreach (HelpSection section in topic.Sections)
        {
            yield return "";
            yield return section.Title;
            int name = Math.Min(WidestName, section.Rows.Max(static row => row.Name.Length)) + Indent + 2;
            foreach (HelpRow row in section.Rows) yield return Row(row, name, width);
        }

        if (!topic.Examples.IsEmpty)
        {
            yield return "";
            yield return "Examples";
            foreach (VerbExample example in topic.Examples)
            {
                foreach (string line in Broken(example.Meaning, width - Comment.Length, 0).Split('\n')) yield return Comment + line;
                yield return $"  provision {example.Command}";
            }
        }
    }

    private static string Row(HelpRow row, int name, int width)
    {
        string start = $"{new string(' ', Indent)}{row.Name}";
        return start.Length + 2 > name
            ? $"{start}\n{Broken(new string(' ', name) + row.Text, width, name)}"
            : Broken(start.PadRight(name) + row.Text, width, name);
    }

    private static string Broken(string line, int width, int hanging) => LineBreaks.Put(line, width, hanging);
}
