using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Which method a sign-in was made with: the words of <c>authenticationDetails</c> (docs/graph.md#sign-in-log). Words that are not here mean
/// nothing.</summary>
internal static class SignInWords
{
    private const PersonMethods Authenticator = PersonMethods.AuthenticatorPush | PersonMethods.AuthenticatorPasswordless;

    private const PersonMethods Oath = PersonMethods.SoftwareOath | PersonMethods.HardwareOath;

    private static readonly ImmutableDictionary<string, PersonMethods> Kinds = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
        new Dictionary<string, PersonMethods>(StringComparer.Ordinal)
        {
            ["Mobile app notification"] = Authenticator, ["Authenticator app"] = Authenticator, ["Passwordless phone sign-in"] = Authenticator,
            // Authenticator shows codes too.
            ["OATH verification code"] = Oath | Authenticator, ["Mobile app verification code"] = Oath | Authenticator,
            ["Software OATH token"] = Oath | Authenticator, ["FIDO2 security key"] = PersonMethods.Passkey | PersonMethods.AuthenticatorPasskey,
            ["Passkey (device-bound)"] = PersonMethods.Passkey | PersonMethods.AuthenticatorPasskey, ["Passkey (synced)"] = PersonMethods.Passkey,
            ["Passkey (Microsoft Authenticator)"] = PersonMethods.Passkey | PersonMethods.AuthenticatorPasskey,
            ["Windows Hello for Business"] = PersonMethods.WindowsHello,
            ["Platform Credential"] = PersonMethods.PlatformCredential, ["External authentication method"] = PersonMethods.External,
        });

    /// <summary>The methods of one sign-in that succeeded; false when the entry is no sign-in of this person.</summary>
    public static bool Take(JsonElement entry, string uid, ImmutableArray<SignInUse>.Builder uses)
    {
        if (!string.Equals(entry.Text("userId"), uid, StringComparison.OrdinalIgnoreCase) || entry.Moment("createdDateTime") is not { } at) return false;
        JsonElement error = entry.Part("status").Part("errorCode");
        if (error.ValueKind != JsonValueKind.Number || !error.TryGetInt32(out int code) || code != 0) return true;
        foreach (JsonElement detail in entry.Items("authenticationDetails"))
        {
            if (detail.Part("succeeded").ValueKind != JsonValueKind.True || detail.Text("authenticationMethod") is not { } word) continue;
            if (Kinds.TryGetValue(word.Trim(), out PersonMethods kinds)) uses.Add(new SignInUse(kinds, at));
        }

        return true;
    }
}
