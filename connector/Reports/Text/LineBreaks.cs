using System.Text;

namespace ProvisioningConnector.Reports.Text;

/// <summary>Breaks lines at blanks, so that words stay whole.</summary>
public static class LineBreaks
{
    /// <summary>The same for text of several lines.</summary>
    /// <param name="text">Its lines.</param>
    /// <param name="width">Longest line in characters; null: no limit.</param>
    /// <param name="hanging">Blanks in front of what follows a break.</param>
    public static string PutAll(string text, int? width, int hanging)
    {
        ArgumentNullException.ThrowIfNull(text);
        return width is null ? text : string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").Split('\n').Select(line => Put(line, width, hanging)));
    }

    /// <summary>A word that is longer than the line stays whole: a name or an address that is cut can be neither read nor searched for.</summary>
    /// <param name="line">One line.</param>
    /// <param name="width">Longest line in characters; null: no limit.</param>
    /// <param name="hanging">Blanks in front of what follows a break.</param>
    public static string Put(string line, int? width, int hanging)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (width is not { } most || line.Length <= most) return line;
        StringBuilder text = new(line.Length + 16);
        int start = 0;
        int room = most;
        while (line.Length - start > room)
        {
            int at = line.LastIndexOf(' ', start + room, room);
            if (at <= start + (start == 0 ? hanging : 0)) at = line.IndexOf(' ', start + room);
            if (at < 0) break;
            text.Append(line.AsSpan(start, at - start).TrimEnd()).Append('\n').Append(' ', hanging);
            start = at + 1;
            room = Math.Max(1, most - hanging);
        }

        return text.Append(line.AsSpan(start)).ToString();
    }
}
