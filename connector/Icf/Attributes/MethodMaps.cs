using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Icf.Attributes;

/// <summary>The values of <c>authenticationMethods</c>: one map per method, in Graph's words, in a fixed order.</summary>
internal static class MethodMaps
{
    private const string Type = "@odata.type";

    public static ImmutableArray<object> From(CurrentMethods now, ValueMasks? masks)
    {
        ImmutableArray<object>.Builder maps = ImmutableArray.CreateBuilder<object>();
        foreach (PhoneType type in Enum.GetValues<PhoneType>())
        {
            if (now[type].FullText() is not { } number) continue;
            ImmutableSortedDictionary<string, string> map = Map("phoneAuthenticationMethod", SlotId(type))
                .Add("phoneNumber", masks?.Number(number) ?? number).Add("phoneType", PhoneTypes.Name(type));
            maps.Add(type == PhoneType.Mobile ? map.Add("smsSignInState", now.SmsSignIn.Name()) : map);
        }

        if (now.Email is { } email) maps.Add(Map("emailAuthenticationMethod", email.Id).Add("emailAddress", masks?.Address(email.Address) ?? email.Address));
        foreach (AuthenticationMethod method in now.Others)
        {
            ImmutableSortedDictionary<string, string> map = method.Kind == MethodKind.Unknown && method.TypeName is { } name
                ? Bare(name, method.Id) : Map(TypeName(method.Kind), method.Id);
            maps.Add(method.DisplayName is { } shown ? map.Add("displayName", masks?.Hidden ?? shown) : map);
        }

        return maps.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> Map(string type, string id) => Bare("#microsoft.graph." + type, id);

    private static ImmutableSortedDictionary<string, string> Bare(string type, string id) =>
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add(Type, type).Add("id", id);

    // Ids of the slots are the same in every tenant (docs/graph.md#phone-constraints).
    private static string SlotId(PhoneType type) => type switch
    {
        PhoneType.Mobile => "3179e48a-750b-4051-897c-87b9720928f7",
        PhoneType.AlternateMobile => "b6332ec1-7057-4abe-9331-3d72feddfe41",
        PhoneType.Office => "e37fc753-ff3b-4958-9484-eaa9425c82bc",
    };

    private static string TypeName(MethodKind kind) => kind switch
    {
        MethodKind.Password => "passwordAuthenticationMethod",
        MethodKind.MicrosoftAuthenticator => "microsoftAuthenticatorAuthenticationMethod",
        MethodKind.Fido2 => "fido2AuthenticationMethod",
        MethodKind.SoftwareOath => "softwareOathAuthenticationMethod",
        MethodKind.HardwareOath => "hardwareOathAuthenticationMethod",
        MethodKind.WindowsHello => "windowsHelloForBusinessAuthenticationMethod",
        MethodKind.PlatformCredential => "platformCredentialAuthenticationMethod",
        MethodKind.External => "externalAuthenticationMethod",
        MethodKind.TemporaryAccessPass => "temporaryAccessPassAuthenticationMethod",
        MethodKind.QrCodePin => "qrCodePinAuthenticationMethod",
        MethodKind.Unknown => "authenticationMethod",
    };
}
