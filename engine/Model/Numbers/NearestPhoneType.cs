using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>Finds what a misspelt phone type was meant to be.</summary>
internal static class NearestPhoneType
{
    /// <summary>The name that is spelled nearly so, or the one that people call otherwise (cell, work, …); null when none is.</summary>
    public static string? Find(ReadOnlySpan<char> folded) => Synonym(folded) is { } type
        ? PhoneTypes.Name(type)
        : Spelling.Nearest(folded.ToString(), Enum.GetValues<PhoneType>().Select(PhoneTypes.Name));

    private static PhoneType? Synonym(ReadOnlySpan<char> folded) => folded switch
    {
        "cell" or "cellphone" or "cellular" or "mobil" or "handy" or "phone" or "primary" or "sms" => PhoneType.Mobile,
        "alternate" or "alternative" or "alternativemobile" or "alt" or "altmobile" or "mobile2" or "secondary" or "backup"
            => PhoneType.AlternateMobile,
        "work" or "workphone" or "business" or "businessphone" or "desk" or "landline" => PhoneType.Office,
        _ => null,
    };
}
