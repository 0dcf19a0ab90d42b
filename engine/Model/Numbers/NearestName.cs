namespace ProvisioningConnector.Engine.Model;

/// <summary>Finds what a misspelt phone type was meant to be.</summary>
internal static class NearestName
{
    /// <summary>The name within two edits, or the one that people call otherwise (cell, work, …); null when none is.</summary>
    public static string? Of(ReadOnlySpan<char> folded)
    {
        if (Synonym(folded) is { } type) return PhoneTypes.Name(type);
        string? nearest = null;
        var least = 3;
        foreach (var candidate in Enum.GetValues<PhoneType>())
        {
            var name = PhoneTypes.Name(candidate);
            var distance = Distance(folded, name.ToLowerInvariant());
            if (distance >= least) continue;
            least = distance;
            nearest = name;
        }

        return nearest;
    }

    private static PhoneType? Synonym(ReadOnlySpan<char> folded) => folded switch
    {
        "cell" or "cellphone" or "cellular" or "mobil" or "handy" or "phone" or "primary" or "sms" => PhoneType.Mobile,
        "alternate" or "alternative" or "alternativemobile" or "alt" or "altmobile" or "mobile2" or "secondary" or "backup"
            => PhoneType.AlternateMobile,
        "work" or "workphone" or "business" or "businessphone" or "desk" or "landline" => PhoneType.Office,
        _ => null,
    };

    private static int Distance(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var j = 0; j <= right.Length; j++) row[j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
