using System.Globalization;
using PhoneNumbers;
using ProvisioningConnector.Engine.Model.Numbers;
using PhoneNumber = ProvisioningConnector.Engine.Model.Numbers.PhoneNumber;

namespace ProvisioningConnector.Numbers;

/// <summary>
/// The opinion of libphonenumber, whose numbering plans follow the regulators within weeks. Its tables are loaded when it is first asked: 50 ms and
/// 9 MB that a command without new numbers does not pay. It parses nothing: numbers are read by the engine alone.
/// </summary>
public sealed class LibPhoneNumber : INumberOpinion
{
    private const string UnknownRegion = "ZZ";

    private readonly Lazy<PhoneNumberUtil> _library = new(PhoneNumberUtil.GetInstance);

    /// <summary>Whether the tables are loaded.</summary>
    public bool IsLoaded => _library.IsValueCreated;

    public NumberOpinion Judge(PhoneNumber number)
    {
        PhoneNumberUtil library = _library.Value;
        // A calling code without a plan: nothing is known of its numbers.
        if (library.GetRegionCodeForCountryCode(number.CountryCode) == UnknownRegion) return NumberOpinion.Unknown;
        PhoneNumbers.PhoneNumber asked = Translate(number);
        PhoneNumberType type = library.GetNumberType(asked);
        bool isAssigned = type != PhoneNumberType.UNKNOWN;
        // What can be dialled within an area only is too short with a country code, except for the few that are assigned so.
        bool isPossible = isAssigned || library.IsPossibleNumberWithReason(asked) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;
        return new NumberOpinion(LineOf(type), isPossible, isAssigned);
    }

    private static PhoneNumbers.PhoneNumber Translate(PhoneNumber number)
    {
        string national = number.NationalNumber;
        PhoneNumbers.PhoneNumber.Builder asked = new PhoneNumbers.PhoneNumber.Builder()
            .SetCountryCode(number.CountryCode).SetNationalNumber(ulong.Parse(national, NumberStyles.None, CultureInfo.InvariantCulture));
        int zeros = national.Length - national.AsSpan().TrimStart('0').Length;
        return (zeros > 0 ? asked.SetNumberOfLeadingZeros(zeros) : asked).Build();
    }

    private static NumberLine LineOf(PhoneNumberType type) => type switch
    {
        PhoneNumberType.MOBILE => NumberLine.Mobile,
        PhoneNumberType.FIXED_LINE => NumberLine.FixedLine,
        PhoneNumberType.FIXED_LINE_OR_MOBILE => NumberLine.FixedLineOrMobile,
        PhoneNumberType.TOLL_FREE => NumberLine.TollFree,
        PhoneNumberType.PREMIUM_RATE => NumberLine.Premium,
        PhoneNumberType.SHARED_COST => NumberLine.SharedCost,
        PhoneNumberType.VOIP => NumberLine.Voip,
        PhoneNumberType.PERSONAL_NUMBER => NumberLine.Personal,
        PhoneNumberType.PAGER => NumberLine.Pager,
        PhoneNumberType.UAN => NumberLine.Company,
        PhoneNumberType.VOICEMAIL => NumberLine.Voicemail,
        PhoneNumberType.UNKNOWN => NumberLine.Unknown,
    };
}
