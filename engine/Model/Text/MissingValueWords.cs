using System.Collections.Frozen;

namespace ProvisioningConnector.Engine.Model.Text;

/// <summary>
/// What programs write where they have no value: Python's <c>None</c>, SQL's <c>NULL</c>, a spreadsheet's <c>#N/A</c>, a person's
/// dash. None of them says that a value is to be removed, so none of them may be taken for the word <c>none</c>.
/// </summary>
public static class MissingValueWords
{
    /// <summary>The code of every refusal of such a word.</summary>
    public const string Code = "missingValueWord";

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "none", "(none)", "<none>", "null", "(null)", "<null>", "[null]", "nil", "<nil>", "nothing", "void", "undefined", "nan", "-nan", "nat", "inf",
        "na", "<na>", "n/a", "n.a.", "n/v", "#n/a", "#n/a n/a", "#na", "#null!", "#value!", "#ref!", "#name?", "#div/0!", "#num!", "\\N",
        "dbnull", "system.dbnull", "pd.na", "empty", "(empty)", "<empty>", "blank", "(blank)", "missing", "unset", "not set", "unknown",
        "[]", "{}", "()", "\"\"", "''", "-", "--", "---", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212").GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a trimmed text is such a word, in any case; not <c>none</c> in lower case, which has a meaning.</summary>
    public static bool Is(ReadOnlySpan<char> text) => text is not "none" && Words.Contains(text);
}
