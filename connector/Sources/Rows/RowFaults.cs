using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>
/// The words of every row error (docs/sources.md#row-errors): what, where, why, and what to do. A cell is shown only where it cannot
/// hold a phone number: a short word without digits.
/// </summary>
internal static class RowFaults
{
    public static Diagnostic BlankUser(Place place) =>
        Error("userBlank", place, "The row names no user.", "Write an object id or user principal name, employeeId:… or mail:…, or remove the row.");

    public static Diagnostic PhonesAndSlot(Place place, string slots) =>
        Error("phonesAndSlot", place, $"Both phones and {slots} have a value, and they could contradict each other.",
            "Use phones, or the columns mobile, alternateMobile and office; leave the other blank.");

    public static Diagnostic Invisible(Place place, InvisibleCharacter sign) =>
        Error(InvisibleCharacter.Code, place, $"The value has {sign}.", "Remove it, or type the value again instead of pasting it.");

    public static Diagnostic MissingValue(Place place, SourceColumn column, string word) =>
        Error(
            MissingValueWords.Code,
            place,
            $"'{word}' is a word that programs write for a missing value; nothing is removed because of it.",
            column switch
            {
                SourceColumn.User => "Name the user, or remove the row.",
                SourceColumn.Country or SourceColumn.SmsSignIn or SourceColumn.AsOf or SourceColumn.RejectReason => "Leave the cell empty.",
                SourceColumn.Phones or SourceColumn.Mobile or SourceColumn.AlternateMobile or SourceColumn.Office or SourceColumn.Email or SourceColumn.Remove
                    => "Leave the cell empty to keep what the user has. To remove the value, write none in lower case (in JSON also []).",
            });

    public static Diagnostic BadPhone(Place place, PhoneRefusal refusal) =>
        Error(CodeOf(refusal.Code), place, refusal.Problem, refusal.Advice);

    public static Diagnostic SlotTwice(Place place, PhoneType type) =>
        Error("slotTwice", place, $"There are two entries of the type {PhoneTypes.Name(type)}; a user has one number of each type.",
            "Remove one, or give it another type.");

    public static Diagnostic SeveralNumbers(Place place) =>
        Error("slotTwice", place, "The cell holds a list, and this column takes one number.", "Keep one of them, or use the column phones with number:type.");

    public static Diagnostic EmptyEntry(Place place) =>
        Error("entryBlank", place, "The list has an entry without content.", "Remove it. To remove the value, write none (in JSON also []).");

    public static Diagnostic NotText(Place place, Cell cell) => cell.Kind switch
    {
        CellKind.Number => Error("numericCell", place, "The value is a number, not text, so a plus sign or leading zeros may be lost.",
            "Make the column text and enter it again (in JSON: put it in quotes; in a database: store it as text)."),
        CellKind.Date => Error("dateCell", place,
            "The value is a date or time of its format, not text; such a cell has no UTC offset, or was converted from something else.",
            "Make the column text and enter it again."),
        CellKind.Formula => Error("formulaCell", place, "The value is a formula; its last result may be out of date.",
            "Paste the values over the formulas, as text."),
        CellKind.Boolean => Error("valueKind", place, "The value is true or false, not text.", Expected(place)),
        CellKind.Entries => Error("valueKind", place, "The value is a list; one text is expected.",
            "Write a single text; [] removes the value."),
        CellKind.Other when cell.Text.Length > 0 => Error("valueKind", place, $"The value is {cell.Text}, not text.", Expected(place)),
        CellKind.Blank or CellKind.Text or CellKind.Other => Error("valueKind", place, "The value is not text.", Expected(place)),
    };

    private static string Expected(Place place) => place.Column switch
    {
        "phones" => "Write each number with its type as one text: \"+1 2065550100:mobile\".",
        "mobile" or "alternateMobile" or "office" => "Write the number as one text: \"+1 2065550100\".",
        _ => "Write it as text.",
    };

    public static Diagnostic UnknownRemoval(Place place, string word, string? nearest) =>
        Error(
            "removeUnknown",
            place,
            $"{Shown(word)} is not a kind of method that can be removed." + (nearest is null ? "" : $" Did you mean {nearest}?"),
            $"Write one of {string.Join(", ", MethodKinds.Removable.Select(kind => kind.Name()))}, each alone or with :id.");

    public static Diagnostic RemovalWithoutId(Place place, MethodKind kind) =>
        Error("removeIdMissing", place, $"Behind {kind.Name()}: there is no id.", $"Write the id, or {kind.Name()} alone to remove all of them.");

    public static Diagnostic RemovalKind(Place place) =>
        Error("removeMalformed", place, "The value of a kind is neither \"all\" nor a list of ids.", "Write {\"fido2\": \"all\"} or {\"fido2\": [\"id\"]}.");

    public static Diagnostic BadCountry(Place place, string word) =>
        Error("countryUnknown", place, $"{Shown(word)} is not a country code.", "Use ISO 3166 codes of two letters such as US or DE, or leave the cell blank.");

    public static Diagnostic BadEmail(Place place, string why) =>
        Error("emailMalformed", place, $"The e-mail address {why}.", "Write the address alone, such as kim@contoso.com, or none.");

    public static Diagnostic Masked(Place place) =>
        Error("valueMasked", place, "The value is masked: parts are hidden behind stars or bullets.", "Export the list with full values.");

    public static Diagnostic BadSmsSignIn(Place place, string word) =>
        Error("smsSignInUnknown", place, $"{Shown(word)} is not a state of SMS sign-in.", "Write on or off, or leave the cell blank.");

    public static Diagnostic BadAsOf(Place place, bool offsetMissing) =>
        Error(
            "asOfMalformed",
            place,
            offsetMissing ? "The time has no offset, so its time is ambiguous." : "The value is not a time of ISO 8601.",
            "Write date, time and offset, such as 2026-01-31T18:00:00Z or 2026-01-31T18:00:00+01:00.");

    public static Diagnostic NamelessValue(Place place, int position) =>
        Error("valueWithoutColumn", place, $"Field {position} has a value, and its column has no name.", "Give the column a name, or leave its cells blank.");

    public static Diagnostic FieldCount(Place place, int fields, int columns, char delimiter) =>
        Error(
            "fieldCount",
            place,
            $"The row has {fields} fields and the header {columns}, so values may stand in the wrong column.",
            fields > columns && delimiter == ';'
                ? "Put a cell that holds a semicolon, such as a list of phones, in double quotes (or separate the list by |)."
                : fields > columns
                    ? $"Put a cell that holds the delimiter ({DelimiterName(delimiter)}) in double quotes."
                    : "Write every delimiter, also behind blank cells.");

    public static Diagnostic StrayQuote(Place place) =>
        Error("quoteMisplaced", place, "There is a quote inside a cell that is not quoted.",
            "Put the whole cell in double quotes and write quotes inside it twice (\"\").");

    public static Diagnostic DuplicateProperty(Place place, string first, string second) =>
        Error("propertyTwice", place, $"The properties '{first}' and '{second}' mean the same.", "Remove one of them.");

    private static string DelimiterName(char delimiter) => delimiter switch { '\t' => "tab", ';' => "semicolon", _ => "comma" };

    // One code for the reader of reports; the refusal's own code distinguishes phones that are masked.
    private static string CodeOf(PhoneRefusalCode code) => code switch
    {
        PhoneRefusalCode.Masked => "valueMasked",
        PhoneRefusalCode.InvisibleCharacter => InvisibleCharacter.Code,
        PhoneRefusalCode.MissingType => "phoneTypeMissing",
        PhoneRefusalCode.UnknownType => "phoneTypeUnknown",
        PhoneRefusalCode.ExtensionNotOnOffice => "extensionNotOnOffice",
        PhoneRefusalCode.DecimalNumber => "phoneDecimal",
        PhoneRefusalCode.ScientificNotation => "phoneScientific",
        PhoneRefusalCode.TwoNumbers => "phoneTwoNumbers",
        PhoneRefusalCode.PlusSignLost => "phonePlusLost",
        PhoneRefusalCode.TrunkPrefix => "phoneTrunkPrefix",
        PhoneRefusalCode.NoCountry or PhoneRefusalCode.UnknownCountry => "phoneCountryMissing",
        PhoneRefusalCode.Empty or PhoneRefusalCode.NotANumber or PhoneRefusalCode.ForeignDigits or PhoneRefusalCode.UnbalancedParentheses
            or PhoneRefusalCode.UnknownCountryCode or PhoneRefusalCode.TrunkZero or PhoneRefusalCode.TrunkPrefixMissing
            or PhoneRefusalCode.NationalFormUncertain or PhoneRefusalCode.TooShort or PhoneRefusalCode.TooLong
            or PhoneRefusalCode.BadExtension or PhoneRefusalCode.UnsupportedParameter => "phoneMalformed",
    };

    private static string Shown(string word)
    {
        word = word.Trim();
        return word.Length is > 0 and <= 24 && word.All(c => char.IsLetter(c) || c is ' ' or '_' or '-') ? $"'{word}'" : "The value";
    }

    private static Diagnostic Error(string code, Place place, string problem, string advice) => Diagnostic.Error(code, $"{problem} {advice}", place);
}
