namespace ProvisioningConnector.Host.Configuration;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
internal static class ClosestName
{
    /// <summary>The closest of the right names, or null when none is close.</summary>
    public static string? Of(string name, IEnumerable<string> right) =>
        right.Select(candidate => (candidate, Distance: Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(c => c.Distance <= Math.Max(2, name.Length / 3))
            .OrderBy(c => c.Distance).ThenBy(c => c.candidate, StringComparer.Ordinal)
            .Select(c => c.candidate).FirstOrDefault();

    /// <summary>" Did you mean 'x'?" or the list of right names.</summary>
    public static string Hint(string name, IEnumerable<string> right)
    {
        string[] names = [.. right];
        if (Of(name, names) is { } closest) return $"Did you mean '{closest}'?";
        return names.Length == 0 ? "Nothing is expected here." : $"Possible: {string.Join(", ", names)}.";
    }

    /// <summary>Edit distance with swaps of neighbours counted once.</summary>
    private static int Distance(string left, string right)
    {
        int[,] table = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++) table[i, 0] = i;
        for (int j = 0; j <= right.Length; j++) table[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int cost = left[i - 1] == right[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[left.Length, right.Length];
    }
}
