using System.Buffers;
using System.Globalization;
using ProvisioningConnector.Crest.Errors;

namespace ProvisioningConnector.Crest.Filters;

/// <summary>The words of the filter language.</summary>
internal static class FilterWords
{
    public const string OperatorAdvice = "Operators are pr, eq, co, sw, ew, lt, le, gt, ge, in, ca.";

    private static readonly SearchValues<char> NumberSigns = SearchValues.Create("0123456789.eE+-");
    private static readonly string[] Operators = ["pr", "eq", "co", "sw", "ew", "lt", "le", "gt", "ge", "in", "ca"];

    public static ComparisonOperator? ComparisonOf(string word) => word.ToLowerInvariant() switch
    {
        "eq" => ComparisonOperator.Equal,
        "co" => ComparisonOperator.Contains,
        "sw" => ComparisonOperator.StartsWith,
        "ew" => ComparisonOperator.EndsWith,
        "lt" => ComparisonOperator.LessThan,
        "le" => ComparisonOperator.LessOrEqual,
        "gt" => ComparisonOperator.GreaterThan,
        "ge" => ComparisonOperator.GreaterOrEqual,
        _ => null,
    };

    public static string Unknown(string word) => $"the operator {SafeQuote.Quote(word, "there")} is not supported";

    /// <summary>What someone who wrote another language's operator should write.</summary>
    public static string AdviceFor(string word) => word.ToLowerInvariant() switch
    {
        "ne" or "!=" or "<>" => "Write !(field eq value).",
        "=" or "==" or "equals" => "Write eq.",
        "contains" => "Write co.",
        "startswith" => "Write sw.",
        "endswith" => "Write ew.",
        "<" => "Write lt.",
        "<=" => "Write le.",
        ">" => "Write gt.",
        ">=" => "Write ge.",
        _ => NearestName.Find(word, Operators) is { } near && word.Length > 2 ? $"Did you mean '{near}'? {OperatorAdvice}" : OperatorAdvice,
    };

    /// <summary>A number as JSON spells it (no leading plus or zero: such digits are a text,
    /// e.g. a phone number), true or false; null for anything else.</summary>
    public static FilterValue? Literal(string word)
    {
        if (word.Equals("true", StringComparison.OrdinalIgnoreCase)) return new FilterValue.Truth(true);
        if (word.Equals("false", StringComparison.OrdinalIgnoreCase)) return new FilterValue.Truth(false);
        ReadOnlySpan<char> digits = word.StartsWith('-') ? word.AsSpan(1) : word;
        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0]) || !char.IsAsciiDigit(digits[^1])) return null;
        if (digits[0] == '0' && digits.Length > 1 && char.IsAsciiDigit(digits[1])) return null;
        if (digits.IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? new FilterValue.Whole(whole) : null;
        }

        bool plain = digits.IndexOfAnyExcept(NumberSigns) < 0 && !digits.Contains(".e", StringComparison.OrdinalIgnoreCase);
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return plain && double.TryParse(word, Style, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real)
            ? new FilterValue.Fraction(real) : null;
    }
}
