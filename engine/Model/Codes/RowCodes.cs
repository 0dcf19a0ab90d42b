using System.Collections.Immutable;
using static ProvisioningConnector.Engine.Model.Codes.CodePlaces;

namespace ProvisioningConnector.Engine.Model.Codes;

/// <summary>Errors of a row of a source (docs/sources.md).</summary>
public static class RowCodes
{
    public static ImmutableArray<KnownCode> All { get; } =
    [
        new("invisibleCharacter", Row | Error | Answer, "A value has a character that cannot be seen."),
        new("missingValueWord", Row, "The value is a word that programs write for a missing value."),
        new("userBlank", Row, "The row names no user."),
        new("valueMasked", Row, "The value is masked."),
        new("valueKind", Row, "The value is of the wrong kind."),
        new("valueWithoutColumn", Row, "A value stands in a column without a header."),
        new("fieldCount", Row, "The row has more or fewer fields than the header."),
        new("quoteMisplaced", Row, "There is a quote inside a cell that is not quoted."),
        new("propertyTwice", Row, "Two properties mean the same."),
        new("formulaCell", Row, "The cell is a formula."),
        new("numericCell", Row, "The cell is a number, so a plus sign or zeros may be lost."),
        new("dateCell", Row, "The cell is a date or time of its format."),
        new("entryBlank", Row, "A list has an empty entry."),
        new("phonesAndSlot", Row, "Both phones and a column of a slot have a value."),
        new("slotTwice", Row, "There are two numbers of one type."),
        new("phoneMalformed", Row, "The value is not a phone number."),
        new("phoneDecimal", Row, "The number is a decimal number."),
        new("phoneScientific", Row, "The number is in scientific notation."),
        new("phoneTwoNumbers", Row, "The value holds two numbers."),
        new("phonePlusLost", Row, "The number has lost its plus sign."),
        new("phoneTrunkPrefix", Row, "The number has a trunk prefix after its country code."),
        new("phoneCountryMissing", Row, "The number is national, and no country is given."),
        new("phoneTypeMissing", Row, "The number has no type."),
        new("phoneTypeUnknown", Row, "The type of the number is not known."),
        new("extensionNotOnOffice", Row, "Only office numbers have extensions."),
        new("countryUnknown", Row, "The country code is not known."),
        new("emailMalformed", Row | Answer, "The value is not an e-mail address."),
        new("asOfMalformed", Row, "The time is not a time with an offset."),
        new("smsSignInUnknown", Row, "The state of SMS sign-in is not on or off."),
        new("removeUnknown", Row, "The kind of method to remove is not known."),
        new("removeMalformed", Row, "The value is neither all nor a list of ids."),
        new("removeIdMissing", Row, "The id of the method to remove is missing."),
    ];
}
