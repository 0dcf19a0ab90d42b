using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Everything under <c>/users/{u}/authentication</c> (docs/graph.md#collections-and-kinds). A segment that a cloud or version lacks is unknown
/// there.</summary>
internal static class AuthenticationRoutes
{
    private static readonly Route MethodsRoute = Route.Read("methods.list", MethodEndpoints.List);
    private static readonly Route Method = Route.Read("method.read", MethodEndpoints.Read);
    private static readonly Route PhonesRoute = Route.Read("phone.list", PhoneReads.List);
    private static readonly Route Phone = Route.Read("phone.read", PhoneReads.Read);
    private static readonly Route PhoneCreate = Route.Write("phone.create", PhoneWrites.Create);
    private static readonly Route PhoneUpdate = Route.Write("phone.update", PhoneWrites.Update);
    private static readonly Route PhoneDelete = Route.Write("phone.delete", PhoneWrites.Delete);
    private static readonly Route SmsEnable = Route.Write("sms.enable", SmsEndpoints.Enable);
    private static readonly Route SmsDisable = Route.Write("sms.disable", SmsEndpoints.Disable);

    private static readonly Route EmailsRoute = Route.Read("email.list", EmailEndpoints.List);
    private static readonly Route Email = Route.Read("email.read", EmailEndpoints.Read);
    private static readonly Route EmailCreate = Route.Write("email.create", EmailEndpoints.Create);
    private static readonly Route EmailUpdate = Route.Write("email.update", EmailEndpoints.Update);
    private static readonly Route EmailDelete = Route.Write("email.delete", EmailEndpoints.Delete);
    private static readonly Route PasswordsRoute = Route.Read("password.list", PasswordEndpoints.List);
    private static readonly Route Password = Route.Read("password.read", PasswordEndpoints.Read);
    private static readonly Route Reset = Route.Write("password.reset", PasswordEndpoints.Reset);
    private static readonly Route Operation = Route.Read("operation.read", OperationEndpoint.Read);
    private static readonly Route Preferences = Route.Read("preferences.read", PreferenceEndpoints.Read);
    private static readonly Route PreferencesUpdate = Route.Write("preferences.update", PreferenceEndpoints.Update);
    private static readonly Route Requirements = Route.Read("requirements.read", RequirementEndpoints.Read);
    private static readonly Route RequirementsUpdate = Route.Write("requirements.update", RequirementEndpoints.Update);

    public static Route Match(Call call, Site site)
    {
        string[] s = call.Segments;
        if (s.Length == 3) return Route.Unknown;
        bool china = site.Settings.Cloud == SandboxCloud.China;
        string segment = s[3].ToLowerInvariant();
        return segment switch
        {
            "phonemethods" => Phones(call, site, china),
            "methods" when !china => Methods(call, site),
            "emailmethods" when !china => Emails(call, site),
            "passwordmethods" when !china => Passwords(call),
            "operations" when !china => s.Length == 5 ? Verbs.Select(call, get: Operation) : Route.Unknown,
            "signinpreferences" when call.Beta && s.Length == 4 => Verbs.Select(call, get: Preferences, patch: PreferencesUpdate),
            "requirements" when call.Beta && s.Length == 4 => Verbs.Select(call, get: Requirements, patch: RequirementsUpdate),
            _ => TypedRoutes.Match(call, site),
        };
    }

    private static Route Emails(Call call, Site site) => call.Segments.Length switch
    {
        4 => Verbs.Select(call, get: EmailsRoute, post: EmailCreate),
        5 => Verbs.Select(call, get: Email, patch: EmailUpdate, delete: EmailDelete, put: site.Settings.BetaPut && call.Beta ? EmailUpdate : null),
        _ => Route.Unknown,
    };

    private static Route Passwords(Call call) => call.Segments.Length switch
    {
        4 => Verbs.Select(call, get: PasswordsRoute),
        5 => Verbs.Select(call, get: Password),
        // The route of early beta (docs/graph.md#password-reset).
        6 when call.Beta && IsReset(call.Segments[5]) => Verbs.Select(call, post: Reset),
        _ => Route.Unknown,
    };

    private static bool IsReset(string segment) =>
        segment.Equals("resetPassword", StringComparison.OrdinalIgnoreCase)
        || segment.Equals("microsoft.graph.resetPassword", StringComparison.OrdinalIgnoreCase);

    private static Route Methods(Call call, Site site) => call.Segments.Length switch
    {
        4 => Verbs.Select(call, get: MethodsRoute),
        // The generic collection cannot delete (docs/graph.md#other-methods).
        5 => call.Method == "GET" ? Method : Verbs.NoResource,
        6 when site.Settings.Cloud != SandboxCloud.China && IsReset(call.Segments[5]) => Verbs.Select(call, post: Reset),
        _ => Route.Unknown,
    };

    private static Route Phones(Call call, Site site, bool china)
    {
        string[] s = call.Segments;
        if (s.Length == 4) return Verbs.Select(call, get: PhonesRoute, post: PhoneCreate);
        if (SlotNames.FromId(s[4]) is null) return Verbs.NoResource;
        if (s.Length == 5)
            return Verbs.Select(call, get: Phone, patch: PhoneUpdate, delete: PhoneDelete,
                put: site.Settings.BetaPut && call.Beta ? PhoneUpdate : null);
        if (s.Length != 6 || china) return Route.Unknown;
        return s[5].ToLowerInvariant() switch
        {
            "enablesmssignin" or "microsoft.graph.enablesmssignin" => Verbs.Select(call, post: SmsEnable),
            "disablesmssignin" or "microsoft.graph.disablesmssignin" => Verbs.Select(call, post: SmsDisable),
            _ => Route.Unknown,
        };
    }
}
