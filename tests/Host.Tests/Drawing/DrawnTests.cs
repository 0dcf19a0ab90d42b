using ProvisioningConnector.Host.Cli.Drawing;

namespace ProvisioningConnector.Host.Tests.Drawing;

/// <summary>Tables for a person at a terminal.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DrawnTests
{
    private static readonly string[] Titles = ["STARTED (UTC)", "RUN", "TENANT", "OUTCOME", "USERS AND SOURCE"];

    private static readonly string[][] Rows =
    [
        ["2026-11-30 08:00", "r20261130-080000-a9e442", "contoso", "succeeded", "1,204 done; people.csv"],
        [
            "2026-11-29 08:00", "r20261129-080000-b1c2d3", "contoso SANDBOX", "interrupted",
            "12 done, 3 failed; 15 of 1,204 users so far; a-list-with-quite-a-long-name.csv",
        ],
    ];

    [Test]
    public void At_every_width_from_60_on_a_table_fits_and_words_are_whole()
    {
        string[] data = [.. Rows.SelectMany(static row => row.SelectMany(static cell => cell.Split(' ')))];
        HashSet<string> words = [.. data, .. Titles.SelectMany(static title => title.Split(' '))];
        for (int width = 60; width <= 200; width++)
        {
            string[] lines = [.. Drawn.Table(Titles, Rows, width, colours: false).SelectMany(static line => line.Split('\n'))];

            Assert.That(lines.Where(line => line.Length > width), Is.Empty, $"{width}");
            string[] shown = [.. lines.SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
            Assert.That(shown.Where(word => !words.Contains(word)), Is.Empty, $"{width}");
            Assert.That(data.Where(word => !shown.Contains(word)), Is.Empty, $"{width}");
        }
    }

    [Test]
    public void Where_there_is_room_columns_have_titles_and_one_line_a_row()
    {
        string[] lines = [.. Drawn.Table(Titles, Rows, 200, colours: false)];

        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[0], Does.StartWith("STARTED (UTC)     RUN"));
    }

    [Test]
    public void What_looks_like_markup_is_data()
    {
        string[] lines = [.. Drawn.Table(["A", "B"], [["[red]", "[/]"]], 80, colours: true)];

        Assert.That(lines[^1], Does.Contain("[red]").And.Contain("[/]"));
    }

    [Test]
    public void Without_colours_nothing_is_an_escape_sequence([Values] bool colours)
    {
        string drawn = string.Concat(Drawn.Table(Titles, Rows, 200, colours)) + Drawn.Line("[green]x[/]", colours);

        Assert.That(drawn.Contains('\u001b', StringComparison.Ordinal), Is.EqualTo(colours));
    }
}
