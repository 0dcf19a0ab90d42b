using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>A number for a slot.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PhoneInput : IRequestBody<PhoneInput>
{
    [DisplayName("Number")]
    [Description("International (+1 2065550100), or national with a country.")]
    public required string Number { get; init; }

    [DisplayName("Country")]
    [Description("ISO 3166 code for a national number.")]
    public string? Country { get; init; }

    public static PhoneInput Read(JsonElement body)
    {
        JsonBodyReader.Expect(body, "number", "country");
        return new PhoneInput { Number = JsonBodyReader.Text(body, "number"), Country = JsonBodyReader.OptionalText(body, "country") };
    }

    /// <summary>Numbers are not printed.</summary>
    public override string ToString() => nameof(PhoneInput);
}

/// <summary>An occupied slot.</summary>
internal sealed record PhoneView
{
    [DisplayName("Phone type")]
    [AllowedValues("mobile", "alternateMobile", "office")]
    public required string Slot { get; init; }

    [DisplayName("Number")]
    [Description("As +CC NUMBER, office numbers with xEXTENSION; masked for keys without the right readFull.")]
    public required string? Number { get; init; }

    [DisplayName("State of SMS sign-in")]
    [Description("Of the mobile number only: ready, notEnabled, notAllowedByPolicy, phoneNumberNotUnique, notConfigured, notSupported or unknown.")]
    public string? SmsSignIn { get; init; }
}

/// <summary>The occupied slots.</summary>
internal sealed record PhoneListView
{
    [DisplayName("Phones")]
    public required ImmutableArray<PhoneView> Value { get; init; }
}
