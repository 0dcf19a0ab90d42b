using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>The password that is set, or none: then one is made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PasswordInput : IRequestBody<PasswordInput>
{
    [DisplayName("Password")]
    [Description("Without it one is made.")]
    [DataType(DataType.Password)]
    public string? Password { get; init; }

    public static PasswordInput Read(JsonElement body)
    {
        JsonBodyReader.Expect(body, "password");
        string? text = JsonBodyReader.OptionalText(body, "password");
        return text is null || PasswordPolicy.Fits(text) ? new PasswordInput { Password = text } : throw JsonBodyReader.Bad("passwordUnfit",
            $"The property 'password' must be one line of at most {PasswordPolicy.Longest} characters.");
    }

    /// <summary>Passwords are not printed.</summary>
    public override string ToString() => nameof(PasswordInput);
}

/// <summary>How a pass is to be; what is absent is as the tenant's policy sets.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PassInput : IRequestBody<PassInput>
{
    [DisplayName("Lifetime in minutes")]
    [Range(PassRequest.Shortest, PassRequest.Longest)]
    public int? LifetimeInMinutes { get; init; }

    [DisplayName("Usable once")]
    public bool? UsableOnce { get; init; }

    public static PassInput Read(JsonElement body)
    {
        JsonBodyReader.Expect(body, "lifetimeInMinutes", "usableOnce");
        return new PassInput
        {
            LifetimeInMinutes = JsonBodyReader.OptionalNumber(body, "lifetimeInMinutes", PassRequest.Shortest, PassRequest.Longest),
            UsableOnce = JsonBodyReader.OptionalFlag(body, "usableOnce"),
        };
    }
}

/// <summary>Whether a pass to register with is issued.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ReregisterInput : IRequestBody<ReregisterInput>
{
    [DisplayName("Issue a temporary access pass")]
    public bool? IssueTemporaryAccessPass { get; init; }

    public static ReregisterInput Read(JsonElement body)
    {
        JsonBodyReader.Expect(body, "issueTemporaryAccessPass");
        return new ReregisterInput { IssueTemporaryAccessPass = JsonBodyReader.OptionalFlag(body, "issueTemporaryAccessPass") };
    }
}

/// <summary>A body without properties.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record EmptyInput : IRequestBody<EmptyInput>
{
    public static EmptyInput Read(JsonElement body)
    {
        JsonBodyReader.Expect(body);
        return new EmptyInput();
    }
}
