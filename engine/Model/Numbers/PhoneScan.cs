namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>What <see cref="PhoneScanner"/> found: the shape of the text, not yet a number. The digits are in the caller's buffer.</summary>
internal struct PhoneScan
{
    /// <summary>Room for an international prefix, fifteen digits, a trunk prefix and some to count.</summary>
    public const int MaxDigits = 32;

    /// <summary>How many digits were found.</summary>
    public int Count;

    /// <summary>Whether '+' came before them.</summary>
    public bool International;

    /// <summary>The place of a digit 0 that stands alone in parentheses, "(0)"; -1 without one.</summary>
    public int LoneZeroAt;

    /// <summary>Where slashes stand: bit n for one behind n digits.</summary>
    public ulong Slashes;

    /// <summary>Where dashes, dots and opening parentheses stand, in the same way.</summary>
    public ulong Breaks;

    /// <summary>The country code, once it is known; 0 before.</summary>
    public int CountryCode;

    /// <summary>How many of the digits are the national number, once that is known; 0 before.</summary>
    public int NationalDigits;

    /// <summary>The extension, if any.</summary>
    public PackedDigits Extension;

    /// <summary>What is wrong; null when nothing is.</summary>
    public PhoneRefusalCode? Trouble;
}
