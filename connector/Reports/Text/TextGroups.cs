using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Findings;

namespace ProvisioningConnector.Reports.Text;

/// <summary>The users of a text report under their findings, worst first, within a number of lines.</summary>
internal static class TextGroups
{
    public static IEnumerable<TextLine> From(IEnumerable<FindingCounter.Group> findings, bool run, int lines)
    {
        Heading[] headings = [.. findings.Select(group => new Heading(group, run))];
        if (headings.Length == 0 || lines < 2) return [];
        List<TextLine> detailed = [.. headings.SelectMany(static h => h.Detailed)];
        return headings.All(static h => h.IsComplete) && detailed.Count <= lines ? detailed : Short(headings, lines);
    }

    private static IEnumerable<TextLine> Short(Heading[] all, int lines)
    {
        // One blank line, a heading for every group, and what is left for users: one each in turn, the worst first.
        int headings = Math.Min(all.Length, lines - 2);
        int left = lines - 1 - headings - (headings < all.Length ? 1 : 0);
        int[] shown = new int[headings];
        for (bool any = true; any && left > 0;)
        {
            any = false;
            for (int i = 0; i < headings && left > 0; i++)
            {
                if (shown[i] == all[i].Items.Length) continue;
                shown[i]++;
                left--;
                any = true;
            }
        }

        yield return TextLine.Blank;
        for (int i = 0; i < headings; i++)
        {
            yield return all[i].Title(shown[i]);
            foreach (Item item in all[i].Items.Take(shown[i])) yield return item.Short;
        }

        if (headings < all.Length)
        {
            yield return new($"… and {Quantity.Of(all.Skip(headings).Sum(static h => h.Users), "more user")} under "
                + $"{Quantity.Of(all.Length - headings, "other heading")}, see --report FILE");
        }
    }

    /// <summary>A user, or many users with one reason.</summary>
    private sealed record Item(long Users, ImmutableArray<TextLine> Detailed, TextLine Short)
    {
        public static Item Of(UserEntry user) => new(1, [.. UserLines.Detailed(user)], UserLines.Short(user));

        public static Item Of(SharedReason reason)
        {
            TextLine line = new($"{Quantity.Of(reason.Count, "user")}, such as {UserLines.Name(reason.First)}: {Visible.Escape(reason.Text)}",
                SignRules.From(reason.First.Situation), 2);
            return new(reason.Count, [line], line);
        }
    }

    /// <summary>A finding with what is shown of it.</summary>
    private sealed class Heading(FindingCounter.Group group, bool run)
    {
        public ImmutableArray<Item> Items { get; } = [.. group.Reasons.Select(Item.Of), .. group.Others.Select(Item.Of)];

        public long Users => group.Count;

        public bool IsComplete => Items.Sum(static item => item.Users) == group.Count;

        public IEnumerable<TextLine> Detailed => [TextLine.Blank, Title(Items.Length), .. Items.SelectMany(static item => item.Detailed)];

        public TextLine Title(int shown)
        {
            long left = group.Count - Items.Take(shown).Sum(static item => item.Users);
            string more = left > 0 && shown > 0 ? $" (… and {Quantity.Of(left)} more, see --report FILE)" : "";
            return new(group.Title(run) + more,
                Paint: (style, text) => group.Finding.IsBad() ? style.Bad(text) : style.Bold(text));
        }
    }
}
