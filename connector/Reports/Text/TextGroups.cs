using System.Collections.Immutable;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>The users of a text report under their findings, worst first, within a number of lines.</summary>
internal static class TextGroups
{
    public static IEnumerable<TextLine> From(FindingCounter tally, bool run, int lines)
    {
        ImmutableArray<FindingCounter.Group> groups = tally.Groups;
        if (groups.IsEmpty || lines < 2) return [];
        List<TextLine> detailed = [.. groups.SelectMany(g => Detailed(g, run))];
        bool complete = groups.All(g => g.Count == g.First.Length);
        return complete && detailed.Count <= lines ? detailed : Short(groups, run, lines);
    }

    private static IEnumerable<TextLine> Detailed(FindingCounter.Group group, bool run) =>
        group.First.SelectMany(UserLines.Detailed).Prepend(Heading(group, run, group.First.Length)).Prepend(TextLine.Blank);

    private static IEnumerable<TextLine> Short(ImmutableArray<FindingCounter.Group> groups, bool run, int lines)
    {
        // One blank line, a heading for every group, and what is left for users: one each in turn, the worst first.
        int headings = Math.Min(groups.Length, lines - 2);
        int left = lines - 1 - headings - (headings < groups.Length ? 1 : 0);
        int[] shown = new int[headings];
        for (bool any = true; any && left > 0;)
        {
            any = false;
            for (int i = 0; i < headings && left > 0; i++)
            {
                if (shown[i] == groups[i].First.Length) continue;
                shown[i]++;
                left--;
                any = true;
            }
        }

        yield return TextLine.Blank;
        for (int i = 0; i < headings; i++)
        {
            yield return Heading(groups[i], run, shown[i]);
            foreach (UserEntry user in groups[i].First.Take(shown[i])) yield return UserLines.Short(user);
        }

        if (headings < groups.Length)
        {
            yield return new($"… and {Count.Format(groups.Skip(headings).Sum(g => g.Count), "more user")} under "
                + $"{Count.Format(groups.Length - headings, "other heading")}, see --report FILE");
        }
    }

    private static TextLine Heading(FindingCounter.Group group, bool run, int shown)
    {
        string more = group.Count > shown ? $" (… and {Count.Format(group.Count - shown)} more, see --report FILE)" : "";
        return new(
            $"{group.Finding.Heading(run)}: {Count.Format(group.Count)}{(shown == 0 ? "" : more)}",
            Paint: (style, text) => group.Finding.IsBad() ? style.Bad(text) : style.Bold(text));
    }
}
