using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>SMS sign-in on or off.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SmsSignInInput : IRequestBody<SmsSignInInput>
{
    [DisplayName("On")]
    public required bool Enabled { get; init; }

    public static SmsSignInInput Read(JsonElement body)
    {
        JsonBodyReader.Expect(body, "enabled");
        return new SmsSignInInput
        {
            Enabled = JsonBodyReader.OptionalFlag(body, "enabled") ?? throw JsonBodyReader.Bad("propertyMissing", "The property 'enabled' is required."),
        };
    }
}

/// <summary>SMS sign-in before and after.</summary>
internal sealed record SmsSignInView
{
    [DisplayName("On")]
    public required bool Enabled { get; init; }

    [DisplayName("State before")]
    public string? Before { get; init; }

    [DisplayName("State now")]
    public required string State { get; init; }
}

/// <summary>The default method that is wanted.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PreferredMethodInput : IRequestBody<PreferredMethodInput>
{
    [DisplayName("Method")]
    [AllowedValues("push", "oath", "sms", "voiceMobile", "voiceAlternateMobile", "voiceOffice")]
    public required string Method { get; init; }

    public static PreferredMethodInput Read(JsonElement body)
    {
        JsonBodyReader.Expect(body, "method");
        return new PreferredMethodInput { Method = JsonBodyReader.Text(body, "method") };
    }
}

/// <summary>The default method before and after.</summary>
internal sealed record PreferredMethodView
{
    [DisplayName("Method")]
    public required string Method { get; init; }

    [DisplayName("Before")]
    public string? Before { get; init; }
}
