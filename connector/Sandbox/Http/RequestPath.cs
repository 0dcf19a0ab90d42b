namespace ProvisioningConnector.Sandbox.Http;

internal static class RequestPath
{
    /// <summary>Splits a path into decoded segments; the key form <c>users('ada@x')</c> becomes two, with doubled quotes undone.</summary>
    public static string[] Segments(ReadOnlySpan<char> path)
    {
        List<string> segments = new List<string>(8);
        foreach (Range range in path.Split('/'))
        {
            ReadOnlySpan<char> raw = path[range];
            if (raw.IsEmpty) continue;
            int open = raw.IndexOf("('", StringComparison.Ordinal);
            if (open < 0) open = raw.IndexOf("(%27", StringComparison.OrdinalIgnoreCase);
            if (open > 0 && raw[^1] == ')')
            {
                segments.Add(Decode(raw[..open]));
                string key = Decode(raw[(open + 1)..^1]);
                segments.Add(key.Length >= 2 ? key[1..^1].Replace("''", "'", StringComparison.Ordinal) : key);
            }
            else segments.Add(Decode(raw));
        }
        return [.. segments];
    }

    private static string Decode(ReadOnlySpan<char> raw) =>
        raw.Contains('%') ? Uri.UnescapeDataString(raw.ToString()) : raw.ToString();
}
