using System.Text;

namespace ProvisioningConnector.Sandbox.Filters;

/// <summary>Words, signs and strings; a string keeps its opening quote as a mark and has doubled quotes undone.</summary>
internal static class FilterTokens
{
    public static List<string> Split(string text)
    {
        List<string> tokens = new List<string>();
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (c == ' ') i++;
            else if (c is '(' or ')' or ',' or ':')
            {
                tokens.Add(c.ToString());
                i++;
            }
            else if (c == '\'') tokens.Add(Quoted(text, ref i));
            else
            {
                int start = i;
                while (i < text.Length && !Ends(text, start, i)) i++;
                tokens.Add(text[start..i]);
            }
        }
        return tokens;
    }

    // A colon belongs to an instant (2026-01-01T10:00:00Z) but ends the variable of any(x: …).
    private static bool Ends(string text, int start, int i) =>
        text[i] is ' ' or '(' or ')' or ',' or '\'' || (text[i] == ':' && !char.IsAsciiDigit(text[start]));

    private static string Quoted(string text, ref int i)
    {
        StringBuilder value = new StringBuilder("'");
        for (i++; i < text.Length; i++)
        {
            if (text[i] != '\'') value.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == '\'') value.Append(text[i++]);
            else
            {
                i++;
                return value.ToString();
            }
        }
        throw new FilterException("Invalid filter clause: a string is not closed.");
    }
}
