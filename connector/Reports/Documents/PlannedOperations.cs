using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>Operations from the entries of a full plan: the way back of <see cref="OperationEntries"/>.</summary>
internal static class PlannedOperations
{
    /// <exception cref="JsonException">The entry is no operation that a plan can hold.</exception>
    public static Operation Of(OperationEntry entry)
    {
        Reason reason = ReasonOf(entry.Reason);
        Operation? operation = (entry.Method, entry.Action) switch
        {
            (OperationEntry.Phone, OperationAction.Add) => new Operation.AddPhone(Slot(entry), Numbers.Read(entry.After), reason),
            (OperationEntry.Phone, OperationAction.Update) => new Operation.UpdatePhone(Slot(entry), Before(entry), Numbers.Read(entry.After), reason),
            (OperationEntry.Phone, OperationAction.Delete) => new Operation.DeletePhone(Slot(entry), Before(entry), reason),
            (OperationEntry.Email, OperationAction.Add) => new Operation.AddEmail(Text(entry.After, "after"), reason),
            (OperationEntry.Email, OperationAction.Update) => new Operation.UpdateEmail(Email(entry), Text(entry.After, "after"), reason),
            (OperationEntry.Email, OperationAction.Delete) => new Operation.DeleteEmail(Email(entry), reason),
            (OperationEntry.SmsSignIn, OperationAction.Enable) => Sms(entry, on: true, reason),
            (OperationEntry.SmsSignIn, OperationAction.Disable) => Sms(entry, on: false, reason),
            (OperationEntry.PreferredMethod, OperationAction.Prefer) => Prefer(entry, reason),
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
