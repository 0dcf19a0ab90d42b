using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

public class CountryCodeTests
{
    // The three-digit prefixes that E.164 leaves spare, reserves or has withdrawn. Everything else is assigned.
    private const string Unassigned =
        """
        210 214 215 217 219 259 280 281 282 283 284 285 286 287 288 289 292 293 294 295 296
        384 388 422 424 425 426 427 428 429 671 684 693 694 695 696 697 698 699
        801 802 803 804 805 806 807 809 830 831 832 833 834 835 836 837 838 839 851 854 857 858 859
        871 872 873 874 875 876 877 879 884 885 887 889 890 891 892 893 894 895 896 897 898 899
        969 978 990 991 997 999
        """;

    [Test]
    public void Every_prefix_of_three_digits_is_assigned_or_known_to_be_spare()
    {
        HashSet<string> spare = Unassigned.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        for (int prefix = 0; prefix < 1000; prefix++)
        {
            string digits = prefix.ToString("D3");
            int expected = digits[0] == '0' || spare.Contains(digits) ? 0
                : digits[0] is '1' or '7' ? 1
                : TwoDigitCodes.Contains(digits[..2]) ? 2
                : 3;
            Assert.That(CountryCodes.MatchLength(digits + "5550100"), Is.EqualTo(expected), digits);
        }
    }

    [Test]
    public void No_code_is_the_beginning_of_another() =>
        Assert.That(
            from code in CountryCodes.All
            from other in CountryCodes.All
            where code != other && other.ToString().StartsWith(code.ToString(), StringComparison.Ordinal)
            select (code, other),
            Is.Empty);

    [Test]
    public void Every_code_is_found_whole_and_not_in_part()
    {
        foreach (int code in CountryCodes.All)
        {
            string digits = code.ToString();
            Assert.That(CountryCodes.MatchLength(digits), Is.EqualTo(digits.Length), digits);
            for (int part = 1; part < digits.Length; part++) Assert.That(CountryCodes.MatchLength(digits.AsSpan(0, part)), Is.Zero, digits);
        }
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("4x")]
    public void What_is_no_digits_has_no_code(string digits) => Assert.That(CountryCodes.MatchLength(digits), Is.Zero);

    private static readonly string[] TwoDigitCodes =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98".Split(' ');
}
