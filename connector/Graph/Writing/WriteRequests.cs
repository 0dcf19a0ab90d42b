using System.Buffers;
using System.Text.Json;
using Azure.Core;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Writing;

/// <summary>The request of each kind of operation (docs/graph.md#phone-requests, docs/graph.md#e-mail-method, docs/graph.md#other-methods,
/// docs/graph.md#sign-in-preferences): v1.0 except hardware OATH and the default method; PATCH, never PUT; removals from the typed collection.</summary>
internal static class WriteRequests
{
    /// <summary>Null when the service, or this version, has no request for it.</summary>
    public static GraphCall? Of(string uid, Operation operation, GraphAddress address)
    {
        string root = UserPath.Of(uid) + "/authentication/";
        return operation switch
        {
            Operation.AddPhone add => Send(RequestMethod.Post, address.V1(root + "phoneMethods"), Purpose.AddMethod, Phone(add.Slot, add.Number)),
            Operation.UpdatePhone update =>
                Send(RequestMethod.Patch, address.V1(Slot(root, update.Slot)), Purpose.ChangeMethod, Phone(update.Slot, update.Number)),
            Operation.DeletePhone delete => new GraphCall(RequestMethod.Delete, address.V1(Slot(root, delete.Slot)), Purpose.DeleteMethod),
            Operation.AddEmail add => Send(RequestMethod.Post, address.V1(root + "emailMethods"), Purpose.AddMethod, Json("emailAddress", add.Address)),
            Operation.UpdateEmail update =>
                Send(RequestMethod.Patch, address.V1(Item(root, "emailMethods", update.Before.Id)), Purpose.ChangeMethod, Json("emailAddress", update.Address)),
            Operation.DeleteEmail delete => new GraphCall(RequestMethod.Delete, address.V1(Item(root, "emailMethods", delete.Before.Id)), Purpose.DeleteMethod),
            Operation.RemoveMethod remove => Remove(root, remove.Method, address),
            Operation.SwitchSmsSignIn sms =>
                new GraphCall(RequestMethod.Post, address.V1(Slot(root, PhoneType.Mobile) + (sms.On ? "/enableSmsSignIn" : "/disableSmsSignIn")),
                    Purpose.ChangeMethod),
            Operation.Prefer prefer =>
                Send(RequestMethod.Patch, address.Beta(root + "signInPreferences"), Purpose.SwitchDefault,
                    Json("userPreferredMethodForSecondaryAuthentication", prefer.Method.Name())),
            Operation.DeactivateToken token =>
                Send(RequestMethod.Post, address.Beta(Item(root, "hardwareOathMethods", token.Method.Id) + "/deactivate"),
                    Purpose.DeleteMethod, "{}"u8.ToArray()),
            // They carry or make a secret, and go another way.
            Operation.ResetPassword or Operation.IssuePass => null,
            _ => throw new InvalidOperationException($"An operation of an unknown kind: {operation.GetType().Name}."),
        };
    }

    private static GraphCall? Remove(string root, AuthenticationMethod method, GraphAddress address)
    {
        if (MethodCollections.Segment(method.Kind) is not { } segment || !method.Kind.IsRemovable()) return null;
        string path = Item(root, segment, method.Id);
        return new GraphCall(RequestMethod.Delete, MethodCollections.IsBeta(method.Kind) ? address.Beta(path) : address.V1(path), Purpose.DeleteMethod);
    }

    private static string Slot(string root, PhoneType slot) => $"{root}phoneMethods/{PhoneSlotIds.Of(slot)}";

    private static string Item(string root, string segment, string id) => $"{root}{segment}/{Uri.EscapeDataString(id)}";

    private static GraphCall Send(RequestMethod method, Uri address, Purpose purpose, ReadOnlyMemory<byte> body) =>
        new(method, address, purpose) { Body = body };

    private static ReadOnlyMemory<byte> Phone(PhoneType slot, PhoneNumber number) =>
        Json("phoneNumber", number.Canonical(), "phoneType", PhoneTypes.Name(slot));

    private static ReadOnlyMemory<byte> Json(string name, string value, string? name2 = null, string? value2 = null)
    {
        ArrayBufferWriter<byte> bytes = new(96);
        // '+' stays '+': some services that stand in for Graph compare bytes.
        using Utf8JsonWriter writer = new(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteString(name, value);
        if (name2 is not null) writer.WriteString(name2, value2);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenMemory;
    }
}
