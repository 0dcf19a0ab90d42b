using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>Entries of operations, full values.</summary>
public static class OperationEntries
{
    internal const string On = "on";
    internal const string Off = "off";

    public static OperationEntry Of(OperationResult result) => Of(result.Operation) with
    {
        Outcome = result.Outcome,
        SentAt = result.SentAt,
        VerifiedAt = result.VerifiedAt,
        Error = result.Error,
        RequestId = result.RequestId,
    };

    public static OperationEntry Of(Operation operation) => operation switch
    {
        Operation.AddPhone add => Phone(add, add.Slot, null, add.Number.Canonical()),
        Operation.UpdatePhone update => Phone(update, update.Slot, update.Before.FullText(), update.Number.Canonical()),
        Operation.DeletePhone delete => Phone(delete, delete.Slot, delete.Before.FullText(), null),
        Operation.AddEmail add => Other(add, OperationEntry.Email, null, null, add.Address),
        Operation.UpdateEmail update => Other(update, OperationEntry.Email, update.Before.Id, update.Before.Address, update.Address),
        Operation.DeleteEmail delete => Other(delete, OperationEntry.Email, delete.Before.Id, delete.Before.Address, null),
        Operation.RemoveMethod remove => Other(remove, remove.Method.Kind.Name(), remove.Method.Id, remove.Method.DisplayName, null),
        Operation.SwitchSmsSignIn sms => Other(sms, OperationEntry.SmsSignIn, null, sms.Before.Name(), sms.On ? On : Off),
        Operation.Prefer prefer => Other(prefer, OperationEntry.PreferredMethod, null, StateNames.Of(prefer.Before), prefer.Method.Name()),
        Operation.DeactivateToken token => Other(token, token.Method.Kind.Name(), token.Method.Id, token.Method.DisplayName, null),
        Operation.IssuePass pass => Other(pass, MethodKind.TemporaryAccessPass.Name(), null, null, PassWish.Words(pass.LifetimeInMinutes, pass.Once)),
        Operation.ResetPassword reset => Other(reset, OperationEntry.Password, null, null, reset.Wish?.Route.Name()),
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
