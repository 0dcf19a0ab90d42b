using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>One operation of a user (design 8).</summary>
public sealed record OperationEntry
{
    public const string Phone = "phone";
    public const string Email = "email";
    public const string SmsSignIn = "smsSignIn";
    public const string PreferredMethod = "preferredMethod";
    public const string Password = "password";

    public required OperationAction Action { get; init; }

    /// <summary><c>phone</c>, <c>email</c>, <c>smsSignIn</c>, <c>preferredMethod</c>, <c>password</c> or the name of a removable kind.</summary>
    public required string Method { get; init; }

    /// <summary>Of phones.</summary>
    public required PhoneType? Slot { get; init; }

    /// <summary>The tenant's id of the method, for the e-mail method and removed methods.</summary>
    public required string? Id { get; init; }

    /// <summary>The value before: number, address, state, default method, or the removed method's display name.</summary>
    public required string? Before { get; init; }

    /// <summary>The value after; null where it is gone.</summary>
    public required string? After { get; init; }

    /// <summary>Machine code of the reason.</summary>
    public required string Reason { get; init; }

    /// <summary>Addition: the part it serves, a name of <c>held[].part</c>.</summary>
    public Part Part { get; init; }

    /// <summary>Runs only: null while nothing was done.</summary>
    public OperationOutcome? Outcome { get; init; }

    /// <summary>Runs only.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Runs only.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Runs only, addition: the service's id of the last request; null when none left, or the service gave none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RequestId { get; init; }

    /// <summary>Addition, on standard output only: the password or pass that was made, told once. No file, store or log has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>Runs only: null for a plain success.</summary>
    public OperationError? Error { get; init; }
}
