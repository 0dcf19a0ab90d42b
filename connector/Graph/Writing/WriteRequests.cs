using Microsoft.Graph.Users.Item.Authentication;
using Microsoft.Graph.Users.Item.Authentication.PhoneMethods.Item;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Settings;
using Models = Microsoft.Graph.Models;

namespace ProvisioningConnector.Graph.Writing;

/// <summary>The request of each kind of operation (docs/graph.md#phone-requests, docs/graph.md#e-mail-method, docs/graph.md#other-methods,
/// docs/graph.md#group-membership, docs/graph.md#sign-in-preferences), made by the SDK's builders: v1.0 except hardware OATH, the QR code with PIN and the
/// default method; PATCH, never PUT; removals from the typed collection.</summary>
internal sealed class WriteRequests(GraphSdk sdk, GraphAddress address)
{
    /// <summary>Null when the service, or this version, has no request for it.</summary>
    public GraphCall? From(string uid, Operation operation)
    {
        AuthenticationRequestBuilder user = sdk.Client.Users[uid].Authentication;
        return operation switch
        {
            Operation.AddPhone add => user.PhoneMethods.ToPostRequestInformation(Phone(add.Slot, add.Number)).ToCallFor(uid, Purpose.AddMethod),
            Operation.UpdatePhone update =>
                Slot(user, update.Slot).ToPatchRequestInformation(Phone(update.Slot, update.Number)).ToCallFor(uid, Purpose.ChangeMethod),
            Operation.DeletePhone delete => Slot(user, delete.Slot).ToDeleteRequestInformation().ToCallFor(uid, Purpose.DeleteMethod),
            Operation.AddEmail add => user.EmailMethods.ToPostRequestInformation(Email(add.Address)).ToCallFor(uid, Purpose.AddMethod),
            Operation.UpdateEmail update =>
                user.EmailMethods[update.Before.Id].ToPatchRequestInformation(Email(update.Address)).ToCallFor(uid, Purpose.ChangeMethod),
            Operation.DeleteEmail delete => user.EmailMethods[delete.Before.Id].ToDeleteRequestInformation().ToCallFor(uid, Purpose.DeleteMethod),
            Operation.RemoveMethod remove => Remove(uid, user, remove.Method),
            Operation.SwitchSmsSignIn { On: true } =>
                Slot(user, PhoneType.Mobile).EnableSmsSignIn.ToPostRequestInformation().ToCallFor(uid, Purpose.ChangeMethod),
            Operation.SwitchSmsSignIn => Slot(user, PhoneType.Mobile).DisableSmsSignIn.ToPostRequestInformation().ToCallFor(uid, Purpose.ChangeMethod),
            Operation.Prefer prefer => Beta(uid, Method.PATCH, "signInPreferences", new SignInPreferences(prefer.Method)).ToCall(Purpose.SwitchDefault),
            Operation.DeactivateToken token =>
                Beta(uid, Method.POST, Token(token.Method.Id) + "/deactivate", new NoProperties()).ToCall(Purpose.DeleteMethod),
            Operation.AddMember add => sdk.With(Members(Method.POST, add.Group, "$ref"), Reference(uid)).ToCall(Purpose.AddMember),
            Operation.RemoveMember remove => Members(Method.DELETE, remove.Group, Uri.EscapeDataString(uid) + "/$ref").ToCall(Purpose.RemoveMember),
            // They carry or make a secret, and go another way.
            Operation.ResetPassword or Operation.IssuePass => null,
            _ => throw new InvalidOperationException($"An operation of an unknown kind: {operation.GetType().Name}."),
        };
    }

    private GraphCall? Remove(string uid, AuthenticationRequestBuilder user, AuthenticationMethod method)
    {
        // Hardware OATH and the QR code with PIN have no place in v1.0, nor in the SDK. A user has one code at most, without an id in its address.
        if (method.Kind == MethodKind.HardwareOath) return Beta(uid, Method.DELETE, Token(method.Id)).ToCall(Purpose.DeleteMethod);
        if (method.Kind == MethodKind.QrCodePin) return Beta(uid, Method.DELETE, "qrCodePinMethod").ToCall(Purpose.DeleteMethod);
        RequestInformation? info = method.Kind switch
        {
            MethodKind.MicrosoftAuthenticator => user.MicrosoftAuthenticatorMethods[method.Id].ToDeleteRequestInformation(),
            MethodKind.Fido2 => user.Fido2Methods[method.Id].ToDeleteRequestInformation(),
            MethodKind.SoftwareOath => user.SoftwareOathMethods[method.Id].ToDeleteRequestInformation(),
            MethodKind.WindowsHello => user.WindowsHelloForBusinessMethods[method.Id].ToDeleteRequestInformation(),
            MethodKind.PlatformCredential => user.PlatformCredentialMethods[method.Id].ToDeleteRequestInformation(),
            MethodKind.External => user.ExternalAuthenticationMethods[method.Id].ToDeleteRequestInformation(),
            MethodKind.TemporaryAccessPass => user.TemporaryAccessPassMethods[method.Id].ToDeleteRequestInformation(),
            MethodKind.HardwareOath or MethodKind.Password or MethodKind.QrCodePin or MethodKind.Unknown => null,
        };
        return method.Kind.IsRemovable() ? info?.ToCallFor(uid, Purpose.DeleteMethod) : null;
    }

    private RequestInformation Members(Method method, string group, string rest) => new()
    {
        HttpMethod = method, URI = address.V1($"groups/{Uri.EscapeDataString(group)}/members/{rest}"),
    };

    private Models.ReferenceCreate Reference(string uid) => new() { OdataId = address.V1("directoryObjects/" + Uri.EscapeDataString(uid)).AbsoluteUri };

    private RequestInformation Beta(string uid, Method method, string path, IParsable? body = null)
    {
        RequestInformation info = new() { HttpMethod = method, URI = address.Beta($"{UserUrl.From(uid)}/authentication/{path}") };
        return body is null ? info : sdk.With(info, body);
    }

    private static string Token(string id) => "hardwareOathMethods/" + Uri.EscapeDataString(id);

    private static PhoneAuthenticationMethodItemRequestBuilder Slot(AuthenticationRequestBuilder user, PhoneType slot) =>
        user.PhoneMethods[PhoneSlotIds.For(slot)];

    // Without the type: the collection has one only, and the documented requests do not name it.
    private static Models.PhoneAuthenticationMethod Phone(PhoneType slot, PhoneNumber number) => new()
    {
        OdataType = null, PhoneNumber = number.Canonical(), PhoneType = slot switch
        {
            PhoneType.Mobile => Models.AuthenticationPhoneType.Mobile,
            PhoneType.AlternateMobile => Models.AuthenticationPhoneType.AlternateMobile,
            PhoneType.Office => Models.AuthenticationPhoneType.Office,
        },
    };

    private static Models.EmailAuthenticationMethod Email(string address) => new() { OdataType = null, EmailAddress = address };
}
