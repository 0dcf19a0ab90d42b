using System.Text.RegularExpressions;
using FsCheck.Fluent;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Tests.Model.Numbers;

[FsCheck.NUnit.Properties(Arbitrary = [typeof(Arbitraries)], MaxTest = 500)]
public class PhoneNumberLaws
{
    private static readonly string[] Blanks = ["", " ", "  ", "\u00A0", "\u2009", "\u202F", "\u3000"];

    private static readonly string[] Separators = [.. Blanks, "-", ".", "/", "\u2011", "\u2012", "\u2013"];

    [FsCheck.NUnit.Property]
    public bool The_canonical_form_reads_back_to_the_same_number(PhoneNumber number) =>
        !number.IsEmpty
        && PhoneNumberReader.Read(number.Canonical(), null).Number == number
        && PhoneNumberReader.TryReadGraph(number.Canonical(), out PhoneNumber read) && read == number;

    [FsCheck.NUnit.Property]
    public bool The_parts_are_those_of_the_canonical_form(PhoneNumber number) =>
        number.Canonical() == $"+{number.CountryCode} {number.NationalNumber}{(number.HasExtension ? "x" + number.Extension : "")}";

    [FsCheck.NUnit.Property]
    public FsCheck.Property Blanks_between_digits_change_nothing(PhoneNumber number) =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements(Blanks), 40).ToArbitrary(),
            gaps => PhoneNumberReader.Read(Spelled(number, gaps), null).Number == number
                && PhoneNumberReader.TryReadGraph(Spelled(number, gaps), out PhoneNumber read) && read == number);

    [FsCheck.NUnit.Property]
    public FsCheck.Property Separators_between_digits_change_nothing_or_say_that_it_is_no_single_number(PhoneNumber number) =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements(Separators), 40).ToArbitrary(),
            gaps => (PhoneNumberReader.Read(Spelled(number, gaps), null).TryGet(out PhoneNumber read, out PhoneRefusal? refusal)
                    ? read == number
                    : refusal.Code is PhoneRefusalCode.TwoNumbers or PhoneRefusalCode.DecimalNumber)
                && PhoneNumberReader.TryReadGraph(Spelled(number, gaps), out PhoneNumber current) && current == number);

    private static string Spelled(PhoneNumber number, string[] gaps)
    {
        string digits = number.WithoutExtension().Canonical();
        string spelled = string.Concat(digits.Select((c, at) => at < digits.Length - 1 && at > 0 ? c + gaps[at] : c.ToString()));
        return $"  {spelled}{(number.HasExtension ? " ext. " + number.Extension : "")} ";
    }

    // Between the digits, from the second on: what stands before the plus sign or behind the last digit is cut.
    [FsCheck.NUnit.Property]
    public FsCheck.Property A_character_that_cannot_be_seen_is_cut_at_the_ends_refused_inside_and_overlooked_in_what_the_tenant_holds(PhoneNumber number) =>
        Prop.ForAll(
            Gen.Elements("\u200E", "\u202A", "\u202C", "\u00AD", "\u200B", "\uFEFF", "\u2060").ToArbitrary(),
            Gen.Choose(1, 6).ToArbitrary(),
            (sign, at) =>
            {
                string text = number.Canonical();
                return PhoneNumberReader.Read(sign + text + sign, null).Number == number
                    && Reading.Read(text.Insert(at, sign)) == nameof(PhoneRefusalCode.InvisibleCharacter)
                    && PhoneNumberReader.TryReadGraph(text.Insert(at, sign), out PhoneNumber read) && read == number;
            });

    [FsCheck.NUnit.Property]
    public bool Every_way_to_write_the_extension_means_the_same(PhoneNumber number)
    {
        if (!number.HasExtension) return true;
        string[] ways = ["x", " x ", "X", "×", "#", " ext ", "ext.", " EXT. ", " extension ", ", ext. ", ";ext=", " ;EXT="];
        string line = number.WithoutExtension().Canonical();
        return ways.All(way => PhoneNumberReader.Read(line + way + number.Extension, null).Number == number)
            && PhoneNumberReader.Read($"tel:{line.Replace(' ', '-')};ext={number.Extension}", null).Number == number;
    }

    [FsCheck.NUnit.Property]
    public bool Numbers_are_equal_exactly_when_their_canonical_forms_are(PhoneNumber left, PhoneNumber right) =>
        Agrees(left, right) && Agrees(left, left) && Agrees(left, left.WithoutExtension());

    [FsCheck.NUnit.Property]
    public bool The_order_agrees_with_equality_and_is_antisymmetric(PhoneNumber left, PhoneNumber right) =>
        (left.CompareTo(right) == 0) == (left == right) && Math.Sign(left.CompareTo(right)) == -Math.Sign(right.CompareTo(left));

    [FsCheck.NUnit.Property]
    public bool No_canonical_form_is_taken_for_masked_and_every_masked_form_is(PhoneNumber number) =>
        !PhoneNumberReader.LooksMasked(number.Canonical())
        && (PhoneNumberReader.LooksMasked(number.Masked()) && !PhoneNumberReader.TryReadGraph(number.Masked(), out _));

    [FsCheck.NUnit.Property]
    public bool A_trunk_zero_is_refused_from_a_source_and_kept_as_a_digit_from_the_tenant(PhoneNumber number)
    {
        int digits = $"{number.CountryCode}{number.NationalNumber}".Length;
        if (CountryCodes.KeepsLeadingZero(number.CountryCode) || digits == PhoneNumber.MaxDigits) return true;
        string text = $"+{number.CountryCode} 0{number.NationalNumber}";
        // Hungary's 06 and Mexico's 01, 044 and 045 are reported by their own name.
        return Reading.Read(text) is nameof(PhoneRefusalCode.TrunkZero) or nameof(PhoneRefusalCode.TrunkPrefix)
            && PhoneNumberReader.TryReadGraph(text, out PhoneNumber read) && read.NationalNumber == "0" + number.NationalNumber;
    }

    [FsCheck.NUnit.Property(MaxTest = 5000)]
    public FsCheck.Property Any_text_is_read_or_refused_and_the_tenants_reader_takes_whatever_a_source_may_write() =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("0123456789012345678900++ -.()/xX×#;:,*•=exttel\'\t\u00A0\u202A１＋é٢".ToCharArray())).ToArbitrary(),
            Gen.Elements("", "US", "GB", "DE", "IT", "RU", "BR", "AR", "ZZ", "??").ToArbitrary(),
            (characters, country) =>
            {
                string text = new string(characters);
                PhoneNumberReading number = PhoneNumberReader.Read(text, country);
                PhoneEntryReader.SplitList(text).ToList().ForEach(entry => PhoneEntryReader.Read(entry, country).TryGet(out _, out _));
                PhoneNumberReader.TryReadGraph(text, out _);
                return number.TryGet(out PhoneNumber read, out PhoneRefusal? refusal)
                    ? PhoneNumberReader.TryReadGraph(read.Canonical(), out PhoneNumber again) && again == read
                    : refusal.Message.Length > 0;
            });

    [FsCheck.NUnit.Property(MaxTest = 5000)]
    public FsCheck.Property What_is_read_with_a_plus_sign_has_the_digits_of_the_text_and_no_others() =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("01234567890123456789 -./()".ToCharArray()), 14).ToArbitrary(),
            characters =>
            {
                string text = "+" + new string(characters);
                if (!PhoneNumberReader.Read(text, "IT").TryGet(out PhoneNumber number, out _)) return true;
                IEnumerable<char> digits = number.Canonical().Where(char.IsAsciiDigit);
                return digits.SequenceEqual(text.Where(char.IsAsciiDigit))
                    || digits.SequenceEqual(Regex.Replace(text, @"\([^0-9()]*0[^0-9()]*\)", "").Where(char.IsAsciiDigit));
            });

    [FsCheck.NUnit.Property(MaxTest = 5000)]
    public FsCheck.Property What_is_read_in_a_national_form_ends_in_the_digits_of_the_text_behind_its_prefixes() =>
        Prop.ForAll(
            Gen.ArrayOf(Gen.Elements("01234567890123456789 -./()".ToCharArray()), 13).ToArbitrary(),
            Gen.Elements(NumberingPlans.All.ToArray()).ToArbitrary(),
            (characters, plan) =>
            {
                string text = new string(characters);
                if (!PhoneNumberReader.Read(text, plan.Country).TryGet(out PhoneNumber number, out _)) return true;
                string digits = new string([.. text.Where(char.IsAsciiDigit)]);
                string national = number.NationalNumber;
                if (!digits.EndsWith(national, StringComparison.Ordinal)) return false;
                string before = digits[..^national.Length];
                return before.Length == 0 || plan.TrunkPrefixes.Contains(before) || before.Contains(number.CountryCode.ToString(), StringComparison.Ordinal);
            });

    private static bool Agrees(PhoneNumber left, PhoneNumber right)
    {
        bool same = string.Equals(left.Canonical(), right.Canonical(), StringComparison.Ordinal);
        return same == (left == right) && (!same || left.GetHashCode() == right.GetHashCode());
    }
}
