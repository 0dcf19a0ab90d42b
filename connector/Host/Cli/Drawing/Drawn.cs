using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProvisioningConnector.Host.Cli.Drawing;

/// <summary>
/// What a person at a terminal sees that is more than lines, drawn by Spectre.Console. Nothing of it is used in a pipe: there the library would still write
/// colours, and wrap what a program reads.
/// </summary>
internal static class Drawn
{
    /// <summary>Text of one line with colours.</summary>
    /// <param name="markup">Spectre's markup; data in it is escaped with <see cref="Markup.Escape"/>.</param>
    /// <param name="colours">Whether the terminal shows colours.</param>
    public static string Line(string markup, bool colours) => Render(new Markup(markup), int.MaxValue / 2, colours).TrimEnd('\n', '\r');

    /// <summary>
    /// A table whose last column takes what is left of the width and is broken at blanks. Where that is too little, no words are broken: each row is a line of
    /// its own, with a hanging indent.
    /// </summary>
    /// <param name="titles">Of the columns.</param>
    /// <param name="rows">Cells, neutralised.</param>
    /// <param name="width">Of the terminal.</param>
    /// <param name="colours">Whether the terminal shows colours.</param>
    public static IEnumerable<string> Table(string[] titles, IReadOnlyList<string[]> rows, int width, bool colours)
    {
        int last = titles.Length - 1;
        int[] widths = [.. titles.Select((title, i) => rows.Select(row => row[i].Length).Append(title.Length).Max())];
        int rest = width - widths.Take(last).Sum(static column => column + Gap);
        int longest = rows.SelectMany(row => row[last].Split(' ')).Select(static word => word.Length).Append(LeastRest).Max();
        if (rest < Math.Min(longest, widths[last])) return rows.Select(row => Reports.Text.LineBreaks.Put(string.Join("  ", row), width, 4));
        Table table = new() { Border = TableBorder.None };
        for (int i = 0; i <= last; i++)
        {
            TableColumn column = new(new Text(titles[i], new Style(decoration: Decoration.Bold))) { Padding = new Padding(0, 0, i < last ? Gap : 0, 0) };
            column.Width = i < last ? widths[i] : Math.Min(rest, widths[i]);
            column.NoWrap = i < last;
            table.AddColumn(column);
        }

        foreach (string[] row in rows) table.AddRow(row.Select(static cell => new Text(cell)));
        return Render(table, width, colours).TrimEnd('\n').Split('\n').Select(static line => line.TrimEnd());
    }

    private const int Gap = 2;
    private const int LeastRest = 20;

    private static string Render(IRenderable drawn, int width, bool colours)
    {
        using StringWriter text = new() { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No, ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = width;
        console.Write(drawn);
        return text.ToString().ReplaceLineEndings("\n");
    }
}
