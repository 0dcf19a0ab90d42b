using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>An address for the e-mail method.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EmailInput : IRequestBody<EmailInput>
{
    [DisplayName("Address")]
    public required string Address { get; init; }

    public static EmailInput Read(JsonElement body)
    {
        JsonBodyReader.Expect(body, "address");
        return new EmailInput { Address = JsonBodyReader.Text(body, "address") };
    }

    /// <summary>Addresses are not printed.</summary>
    public override string ToString() => nameof(EmailInput);
}

/// <summary>The e-mail method.</summary>
internal sealed record EmailView
{
    [DisplayName("Id")]
    public string? Id { get; init; }

    [DisplayName("Address")]
    public required string? Address { get; init; }
}
