namespace ProvisioningConnector.Engine.Model.Text;

/// <summary>How far two spellings are apart, for "did you mean". Case, blanks, <c>_</c> and <c>-</c> do not matter.</summary>
public static class Spelling
{
    /// <summary>The nearest of some names: at most a third of its letters differ; null when none is so near.</summary>
    public static string? Nearest(string text, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(names);
        string folded = Fold(text);
        (string? nearest, int distance) = names
            .Select(name => (Name: name, Distance: Between(folded, Fold(name))))
            .MinBy(candidate => candidate.Distance);
        return folded.Length > 0 && nearest is not null && distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    private static string Fold(string text) =>
        string.Concat(text.Where(c => c is not ('_' or '-') && !char.IsWhiteSpace(c)).Take(64)).ToLowerInvariant();

    // Edits, a swap of neighbours counting one: the most frequent slip of the hand.
    private static int Between(string left, string right)
    {
        int[,] table = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++) table[i, 0] = i;
        for (int j = 0; j <= right.Length; j++) table[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = table[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[left.Length, right.Length];
    }
}
