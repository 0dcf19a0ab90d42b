using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>One operation of a user (docs/documents.md#operation).</summary>
public sealed record OperationEntry
{
    public const string Phone = "phone";
    public const string Email = "email";
    public const string SmsSignIn = "smsSignIn";
    public const string PreferredMethod = "preferredMethod";
    public const string Password = "password";
    public const string Membership = "membership";

    public required OperationAction Action { get; init; }

    /// <summary><c>phone</c>, <c>email</c>, <c>smsSignIn</c>, <c>preferredMethod</c>, <c>password</c>, <c>membership</c> or the name of a removable
    /// kind.</summary>
    public required string Method { get; init; }

    /// <summary>Of phones.</summary>
    public required PhoneType? Slot { get; init; }

    /// <summary>The tenant's id of the method, for the e-mail method and removed methods; of a membership the group.</summary>
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

    /// <summary>Addition, on standard output only: the password or pass that was made, shown once. No file, store or log has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Secret { get; init; }

    /// <summary>Runs only: null for a plain success.</summary>
    public OperationError? Error { get; init; }
}

/// <summary>Entries of operations, full values.</summary>
public static class OperationEntries
{
    internal const string On = "on";
    internal const string Off = "off";

    /// <summary>The value of a membership that is there.</summary>
    private const string Member = "member";

    public static OperationEntry From(OperationResult result) => From(result.Operation) with
    {
        Outcome = result.Outcome,
        SentAt = result.SentAt,
        VerifiedAt = result.VerifiedAt,
        Error = result.Error,
        RequestId = result.RequestId,
    };

    public static OperationEntry From(Operation operation) => operation switch
    {
        Operation.AddPhone add => Phone(add, add.Slot, null, add.Number.Canonical()),
        Operation.UpdatePhone update => Phone(update, update.Slot, update.Before.FullText(), update.Number.Canonical()),
        Operation.DeletePhone delete => Phone(delete, delete.Slot, delete.Before.FullText(), null),
        Operation.AddEmail add => Other(add, OperationEntry.Email, null, null, add.Address),
        Operation.UpdateEmail update => Other(update, OperationEntry.Email, update.Before.Id, update.Before.Address, update.Address),
        Operation.DeleteEmail delete => Other(delete, OperationEntry.Email, delete.Before.Id, delete.Before.Address, null),
        Operation.RemoveMethod remove => Other(remove, remove.Method.Kind.Name(), remove.Method.Id, remove.Method.DisplayName, null),
        Operation.SwitchSmsSignIn sms => Other(sms, OperationEntry.SmsSignIn, null, sms.Before.Name(), sms.On ? On : Off),
        Operation.Prefer prefer => Other(prefer, OperationEntry.PreferredMethod, null, StateNames.Describe(prefer.Before), prefer.Method.Name()),
        Operation.DeactivateToken token => Other(token, token.Method.Kind.Name(), token.Method.Id, token.Method.DisplayName, null),
        Operation.IssuePass pass => Other(pass, MethodKind.TemporaryAccessPass.Name(), null, null, PassRequest.Words(pass.LifetimeInMinutes, pass.Once)),
        Operation.ResetPassword reset => Other(reset, OperationEntry.Password, null, null, reset.Request?.Route.Name()),
        Operation.AddMember add => Other(add, OperationEntry.Membership, add.Group, null, Member),
        Operation.RemoveMember remove => Other(remove, OperationEntry.Membership, remove.Group, Member, null),
        // Operation is closed in fact, but the compiler cannot see it.
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation.GetType().Name, "An operation without an entry."),
    };

    private static OperationEntry Phone(Operation operation, PhoneType slot, string? before, string? after) =>
        Other(operation, OperationEntry.Phone, null, before, after) with { Slot = slot };

    private static OperationEntry Other(Operation operation, string method, string? id, string? before, string? after) => new()
    {
        Action = operation.Action,
        Method = method,
        Slot = null,
        Id = id,
        Before = before,
        After = after,
        Reason = operation.Reason.Code(),
        Part = operation.Part,
    };
}

/// <summary>Operations from the entries of a full plan: the way back of <see cref="OperationEntries"/>.</summary>
internal static class PlannedOperations
{
    /// <exception cref="JsonException">The entry is no operation that a plan can hold.</exception>
    public static Operation From(OperationEntry entry)
    {
        Reason reason = ReasonOf(entry.Reason);
        Operation? operation = (entry.Method, entry.Action) switch
        {
            (OperationEntry.Phone, OperationAction.Add) => new Operation.AddPhone(Slot(entry), CanonicalNumbers.Read(entry.After), reason),
            (OperationEntry.Phone, OperationAction.Update) => new Operation.UpdatePhone(Slot(entry), Before(entry), CanonicalNumbers.Read(entry.After), reason),
            (OperationEntry.Phone, OperationAction.Delete) => new Operation.DeletePhone(Slot(entry), Before(entry), reason),
            (OperationEntry.Email, OperationAction.Add) => new Operation.AddEmail(Text(entry.After, "after"), reason),
            (OperationEntry.Email, OperationAction.Update) => new Operation.UpdateEmail(Email(entry), Text(entry.After, "after"), reason),
            (OperationEntry.Email, OperationAction.Delete) => new Operation.DeleteEmail(Email(entry), reason),
            (OperationEntry.SmsSignIn, OperationAction.Enable) => Sms(entry, on: true, reason),
            (OperationEntry.SmsSignIn, OperationAction.Disable) => Sms(entry, on: false, reason),
            (OperationEntry.PreferredMethod, OperationAction.Prefer) => Prefer(entry, reason),
            (OperationEntry.Membership, OperationAction.Add) => new Operation.AddMember(Text(entry.Id, "id"), reason),
            (OperationEntry.Membership, OperationAction.Delete) => new Operation.RemoveMember(Text(entry.Id, "id"), reason),
            (OperationEntry.Password, OperationAction.Reset) => new Operation.ResetPassword(reason),
            (_, OperationAction.Delete) => Removal(entry, reason),
            _ => null,
        };
        return operation ?? throw new JsonException("An operation with an action and a method that do not go together.");
    }

    private static Reason ReasonOf(string code)
    {
        foreach (Reason reason in Enum.GetValues<Reason>())
        {
            if (string.Equals(reason.Code(), code, StringComparison.Ordinal)) return reason;
        }

        throw new JsonException("An operation with a reason that this version does not know.");
    }

    private static PhoneType Slot(OperationEntry entry) => entry.Slot ?? throw new JsonException("A phone operation without a slot.");

    private static CurrentSlot Before(OperationEntry entry) => CurrentEntries.Slot(Text(entry.Before, "before"));

    private static CurrentEmail Email(OperationEntry entry) => new(Text(entry.Id, "id"), Text(entry.Before, "before"));

    private static string Text(string? text, string name) => text ?? throw new JsonException($"An operation without '{name}' that needs one.");

    private static Operation.SwitchSmsSignIn Sms(OperationEntry entry, bool on, Reason reason) =>
        new(on, StateNames.SmsSignIn(entry.Before) ?? throw new JsonException("An unknown state of SMS sign-in."), reason);

    private static Operation.Prefer Prefer(OperationEntry entry, Reason reason) =>
        StateNames.Default(entry.Before) is { } before && PreferredMethods.TryParse(entry.After, out PreferredMethod after)
            ? new(before, after, reason, entry.Part)
            : throw new JsonException("An unknown default method.");

    private static Operation.RemoveMethod? Removal(OperationEntry entry, Reason reason) =>
        MethodKinds.TryParseRemovable(entry.Method, out MethodKind kind)
            ? new(new AuthenticationMethod(kind, Text(entry.Id, "id"), entry.Before), reason)
            : null;
}
