namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>Why a number or an entry was refused. The names are stable: documents may carry them.</summary>
public enum PhoneRefusalCode
{
    /// <summary>There is no number.</summary>
    Empty,

    /// <summary>Something stands in it that no telephone number has.</summary>
    NotANumber,

    /// <summary>Two numbers in one place, written out or short (0148/49).</summary>
    TwoNumbers,

    /// <summary>A decimal mark and zeros stand behind the digits: it was kept as a decimal number.</summary>
    DecimalNumber,

    /// <summary>A spreadsheet's scientific notation, in which digits are lost.</summary>
    ScientificNotation,

    /// <summary>Digits of another script than 0 to 9.</summary>
    ForeignDigits,

    /// <summary>Digits are hidden behind mask characters.</summary>
    Masked,

    /// <summary>A character that cannot be seen stands inside it.</summary>
    InvisibleCharacter,

    /// <summary>Parentheses do not pair.</summary>
    UnbalancedParentheses,

    /// <summary>A national number, or an international prefix instead of '+', and no country is known.</summary>
    NoCountry,

    /// <summary>The country is not an ISO 3166 code with a numbering plan.</summary>
    UnknownCountry,

    /// <summary>No country code of the E.164 list begins the number.</summary>
    UnknownCountryCode,

    /// <summary>A trunk zero after the country code.</summary>
    TrunkZero,

    /// <summary>Digits that begin with the country's own code, so that they may be an international number without its '+'.</summary>
    PlusSignLost,

    /// <summary>A trunk prefix other than a lone 0 after the country code (8, 80, 1, 06, Argentina's 15, …).</summary>
    TrunkPrefix,

    /// <summary>A national number that does not begin with the country's trunk prefix, so that an area code may be missing.</summary>
    TrunkPrefixMissing,

    /// <summary>The country's national form does not determine the international one; only '+' is read.</summary>
    NationalFormUncertain,

    /// <summary>Fewer digits than a number has.</summary>
    TooShort,

    /// <summary>More digits than a number has.</summary>
    TooLong,

    /// <summary>The extension is not 1 to 10 digits.</summary>
    BadExtension,

    /// <summary>A parameter of a tel: URI other than ext.</summary>
    UnsupportedParameter,

    /// <summary>An entry without its type.</summary>
    MissingType,

    /// <summary>An entry whose type is none of the three.</summary>
    UnknownType,

    /// <summary>An extension on another type than office.</summary>
    ExtensionNotOnOffice,
}
