namespace ProvisioningConnector.Engine.Model.Text;

/// <summary>Compares names as people write them: case, blanks, <c>_</c> and <c>-</c> do not matter (docs/sources.md#columns).</summary>
public static class LooseNames
{
    public static bool Same(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int l = 0;
        int r = 0;
        while (true)
        {
            while (l < left.Length && IsFiller(left[l])) l++;
            while (r < right.Length && IsFiller(right[r])) r++;
            if (l == left.Length || r == right.Length)
            {
                return l == left.Length && r == right.Length;
            }

            if (char.ToUpperInvariant(left[l++]) != char.ToUpperInvariant(right[r++]))
            {
                return false;
            }
        }
    }

    private static bool IsFiller(char c) => c is '_' or '-' || char.IsWhiteSpace(c);
}
