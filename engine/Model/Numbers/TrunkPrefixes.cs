using System.Collections.Immutable;
using System.Globalization;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// The trunk prefixes other than a lone 0, by country code: dialled before a national number inside the country, and
/// never behind the country code. A country's lists hold the prefix long after the country gave it up, so former ones
/// are here as well.
/// </summary>
internal static class TrunkPrefixes
{
    // Country code and prefixes. 8 (and 80, where the zero of the area code was part of it) is the prefix of the former
    // Soviet Union; Hungary's 06 loses its zero in spreadsheets; Mexico dialled 01 to fixed lines, 044 and 045 to mobiles.
    private const string Rows =
        """
        1 1
        7 8
        36 06|6
        52 01|044|045
        370 8
        371 8
        372 8
        373 80|8
        374 80|8
        375 80|8
        380 80|8
        691 1
        692 1
        992 80|8
        993 80|8
        994 80|8
        995 80|8
        996 80|8
        998 80|8
        """;

    private const int Argentina = 54;

    private static readonly ImmutableArray<ImmutableArray<string>> ByCode = Index();

    /// <summary>The trunk prefix that stands between the country code and the national number; null when none does.</summary>
    public static string? Find(PhoneNumber number)
    {
        ImmutableArray<string> prefixes = ByCode[number.CountryCode];
        if (prefixes.IsDefault && number.CountryCode != Argentina) return null;
        Span<char> digits = stackalloc char[PhoneNumber.MaxDigits];
        Span<char> national = digits[..number.National.Write(digits)];
        if (number.CountryCode == Argentina) return IsArgentineMobile(national) ? "15" : null;
        if (!NumberingPlans.TryGetByCode(number.CountryCode, out NumberingPlan? plan)) return null;
        foreach (string prefix in prefixes)
        {
            if (national.StartsWith(prefix) && Precedes(prefix, national, plan)) return prefix;
        }

        return null;
    }

    // "+7 800 555 35 35" is a full number as it stands; what is too long with the prefix and right without it is not.
    // Where no full number begins with the prefix, the length says nothing more.
    private static bool Precedes(string prefix, ReadOnlySpan<char> national, NumberingPlan plan)
    {
        if (prefix[0] != '0' && !plan.MayBeginWith(prefix[0])) return true;
        return (prefix[0] == '0' || national.Length > plan.MaxDigits) && plan.IsFull(national[prefix.Length..]);
    }

    // At home a mobile is area code, 15, local number; from abroad 9 before the area code says the same. Both together
    // have ten digits, so a 15 behind the area code shows by two digits more. No area code begins with 15.
    private static bool IsArgentineMobile(ReadOnlySpan<char> national)
    {
        const int WithPrefix = 12;
        if (national is ['9', ..]) national = national[1..];
        if (national.StartsWith("15")) return true;
        return national.Length == WithPrefix && national[0] switch
        {
            '1' => national[2..].StartsWith("15"),
            '2' or '3' => national[3..].StartsWith("15") || national[4..].StartsWith("15"),
            _ => false,
        };
    }

    private static ImmutableArray<ImmutableArray<string>> Index()
    {
        ImmutableArray<string>[] rows = new ImmutableArray<string>[1000];
        foreach (string row in Rows.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] columns = row.Split(' ');
            rows[int.Parse(columns[0], NumberStyles.None, CultureInfo.InvariantCulture)] = [.. columns[1].Split('|')];
        }

        return ImmutableArray.Create(rows);
    }
}
