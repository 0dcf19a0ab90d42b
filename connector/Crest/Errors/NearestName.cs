namespace ProvisioningConnector.Crest.Errors;

/// <summary>Finds what a misspelt parameter or attribute was meant to be. Case, <c>_</c> and <c>-</c> do not matter.</summary>
public static class NearestName
{
    private const int Longest = 64;

    /// <summary>The nearest of the right names: at most a third of its letters differ; null when none is so near.</summary>
    public static string? Find(string text, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        string folded = Fold(text);
        if (folded.Length is 0 or > Longest) return null;
        string? nearest = null;
        int least = int.MaxValue;
        foreach (string name in names)
        {
            string right = Fold(name);
            int distance = Between(folded, right);
            if (distance > Math.Max(1, right.Length / 3) || distance >= least) continue;
            (nearest, least) = (name, distance);
        }

        return nearest;
    }

    /// <summary>"Did you mean 'x'?", or the right names.</summary>
    public static string Advice(string text, IReadOnlyCollection<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (Find(text, names) is { } nearest) return $"Did you mean '{nearest}'?";
        return names.Count == 0 ? "No value is expected here." : $"Possible: {string.Join(", ", names)}.";
    }

    private static string Fold(string text) => string.Create(text.Length - Ignored(text), text, static (folded, source) =>
    {
        int at = 0;
        foreach (char c in source)
        {
            if (c is not ('_' or '-')) folded[at++] = char.ToLowerInvariant(c);
        }
    });

    private static int Ignored(string text) => text.AsSpan().Count('_') + text.AsSpan().Count('-');

    // Edits, a swap of neighbours counting one: the most frequent slip of the hand.
    private static int Between(string left, string right)
    {
        int[] before = new int[right.Length + 1], last = new int[right.Length + 1], now = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++) last[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            now[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                now[j] = Math.Min(replaced, Math.Min(last[j], now[j - 1]) + 1);
                bool swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                if (swapped) now[j] = Math.Min(now[j], before[j - 2] + 1);
            }

            (before, last, now) = (last, now, before);
        }

        return last[right.Length];
    }
}
