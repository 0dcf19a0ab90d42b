using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>
/// The country codes of ITU-T Recommendation E.164: every assigned one, shared codes and global services included.
/// They are prefix-free, so the digits alone say where a country code ends; that is why the list wins over the place
/// of a blank.
/// </summary>
public static class CountryCodes
{
    /// <summary>Most digits of a country code.</summary>
    public const int MaxLength = 3;

    // By zone, as ITU-T lists them. Unassigned (and so refused) are among others 210, 259, 28x, 292-296, 384, 388
    // (withdrawn), 422, 671 and 684 (now within 1), 693-699, 83x, 871-877, 879, 89x, 969, 978, 990, 991, 997, 999.
    private const string Assigned =
        """
        1
        20 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237 238 239
        240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267 268 269
        27 290 291 297 298 299
        30 31 32 33 34 350 351 352 353 354 355 356 357 358 359 36 370 371 372 373 374 375 376 377 378 379
        380 381 382 383 385 386 387 389 39
        40 41 420 421 423 43 44 45 46 47 48 49
        500 501 502 503 504 505 506 507 508 509 51 52 53 54 55 56 57 58 590 591 592 593 594 595 596 597 598 599
        60 61 62 63 64 65 66 670 672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692
        7
        800 808 81 82 84 850 852 853 855 856 86 870 878 880 881 882 883 886 888
        90 91 92 93 94 95 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 98
        992 993 994 995 996 998
        """;

    // Plans whose national significant number itself may begin with 0, so that a 0 after the country code is no trunk
    // zero: Italy (39; the Vatican's 379 and San Marino's 378 follow it), Cote d'Ivoire (225: 01, 05, 07 since 2021),
    // Burkina Faso (226: 01 to 07), Benin (229: 01 since November 2024), Congo (242: 04, 05, 06).
    private const string ZeroKeeping = "39 378 379 225 226 229 242";

    // Global services have no national dialling and hence no trunk prefix.
    private const string Global = "800 808 870 878 881 882 883 888 979";

    private static readonly ImmutableArray<int> Sorted =
        [.. Numbers(Assigned).Order()];

    private static readonly ImmutableArray<byte> LengthByThreeDigits = Lengths();

    private static readonly ImmutableArray<int> KeepingZero = [.. Numbers(ZeroKeeping).Concat(Numbers(Global)).Order()];

    /// <summary>Every assigned code in ascending order.</summary>
    public static ImmutableArray<int> All => Sorted;

    /// <summary>How many of the leading digits (ASCII) are the country code; 0 when no assigned code begins them.</summary>
    public static int MatchLength(ReadOnlySpan<char> digits)
    {
        int prefix = 0;
        for (int at = 0; at < MaxLength; at++)
        {
            int digit = at < digits.Length ? digits[at] - '0' : 0;
            if ((uint)digit > 9) return 0;
            prefix = (prefix * 10) + digit;
        }

        byte length = LengthByThreeDigits[prefix];
        return length <= digits.Length ? length : 0;
    }

    /// <summary>Whether the code is assigned.</summary>
    public static bool IsAssigned(int code) => Sorted.BinarySearch(code) >= 0;

    /// <summary>Whether national numbers of this code may begin with 0, so that such a 0 is not a trunk zero.</summary>
    public static bool KeepsLeadingZero(int code) => KeepingZero.BinarySearch(code) >= 0;

    private static ImmutableArray<byte> Lengths()
    {
        byte[] lengths = new byte[1000];
        foreach (int code in Sorted)
        {
            (int length, int width) = code switch { < 10 => (1, 100), < 100 => (2, 10), _ => (3, 1) };
            lengths.AsSpan(code * width, width).Fill((byte)length);
        }

        return ImmutableArray.Create(lengths);
    }

    private static IEnumerable<int> Numbers(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(code => int.Parse(code, System.Globalization.CultureInfo.InvariantCulture));
}
