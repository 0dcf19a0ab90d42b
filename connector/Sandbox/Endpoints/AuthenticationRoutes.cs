using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Everything under <c>/users/{u}/authentication</c> (graph-facts 1.1). A segment that a cloud or version lacks is unknown there.</summary>
internal static class AuthenticationRoutes
{
    private static readonly Route s_methods = Route.Read("methods.list", MethodEndpoints.List);
    private static readonly Route s_method = Route.Read("method.read", MethodEndpoints.Read);
    private static readonly Route s_phones = Route.Read("phone.list", PhoneReads.List);
    private static readonly Route s_phone = Route.Read("phone.read", PhoneReads.Read);
    private static readonly Route s_phoneCreate = Route.Write("phone.create", PhoneWrites.Create);
    private static readonly Route s_phoneUpdate = Route.Write("phone.update", PhoneWrites.Update);
    private static readonly Route s_phoneDelete = Route.Write("phone.delete", PhoneWrites.Delete);
    private static readonly Route s_smsEnable = Route.Write("sms.enable", SmsEndpoints.Enable);
    private static readonly Route s_smsDisable = Route.Write("sms.disable", SmsEndpoints.Disable);

    private static readonly Route s_emails = Route.Read("email.list", EmailEndpoints.List);
    private static readonly Route s_email = Route.Read("email.read", EmailEndpoints.Read);
    private static readonly Route s_emailCreate = Route.Write("email.create", EmailEndpoints.Create);
    private static readonly Route s_emailUpdate = Route.Write("email.update", EmailEndpoints.Update);
    private static readonly Route s_emailDelete = Route.Write("email.delete", EmailEndpoints.Delete);
    private static readonly Route s_passwords = Route.Read("password.list", PasswordEndpoints.List);
    private static readonly Route s_password = Route.Read("password.read", PasswordEndpoints.Read);
    private static readonly Route s_reset = Route.Write("password.reset", PasswordEndpoints.Reset);
    private static readonly Route s_operation = Route.Read("operation.read", OperationEndpoint.Read);
    private static readonly Route s_preferences = Route.Read("preferences.read", PreferenceEndpoints.Read);
    private static readonly Route s_preferencesUpdate = Route.Write("preferences.update", PreferenceEndpoints.Update);
    private static readonly Route s_requirements = Route.Read("requirements.read", RequirementEndpoints.Read);
    private static readonly Route s_requirementsUpdate = Route.Write("requirements.update", RequirementEndpoints.Update);

    public static Route Match(Call call, Site site)
    {
        var s = call.Segments;
        if (s.Length == 3) return Route.Unknown;
        var china = site.Settings.Cloud == SandboxCloud.China;
        var segment = s[3].ToLowerInvariant();
        return segment switch
        {
            "phonemethods" => Phones(call, site, china),
            "methods" when !china => Methods(call, site),
            "emailmethods" when !china => Emails(call, site),
            "passwordmethods" when !china => Passwords(call),
            "operations" when !china => s.Length == 5 ? Verbs.Of(call, get: s_operation) : Route.Unknown,
            "signinpreferences" when call.Beta && s.Length == 4 => Verbs.Of(call, get: s_preferences, patch: s_preferencesUpdate),
            "requirements" when call.Beta && s.Length == 4 => Verbs.Of(call, get: s_requirements, patch: s_requirementsUpdate),
            _ => TypedRoutes.Match(call, site),
        };
    }

    private static Route Emails(Call call, Site site) => call.Segments.Length switch
    {
        4 => Verbs.Of(call, get: s_emails, post: s_emailCreate),
        5 => Verbs.Of(call, get: s_email, patch: s_emailUpdate, delete: s_emailDelete, put: site.Settings.BetaPut && call.Beta ? s_emailUpdate : null),
        _ => Route.Unknown,
    };

    private static Route Passwords(Call call) => call.Segments.Length switch
    {
        4 => Verbs.Of(call, get: s_passwords),
        5 => Verbs.Of(call, get: s_password),
        // The route of early beta (graph-facts 5).
        6 when call.Beta && IsReset(call.Segments[5]) => Verbs.Of(call, post: s_reset),
        _ => Route.Unknown,
    };

    private static bool IsReset(string segment) =>
        segment.Equals("resetPassword", StringComparison.OrdinalIgnoreCase) || segment.Equals("microsoft.graph.resetPassword", StringComparison.OrdinalIgnoreCase);

    private static Route Methods(Call call, Site site) => call.Segments.Length switch
    {
        4 => Verbs.Of(call, get: s_methods),
        // The generic collection cannot delete (graph-facts 4).
        5 => call.Method == "GET" ? s_method : Verbs.NoResource,
        6 when site.Settings.Cloud != SandboxCloud.China && IsReset(call.Segments[5]) => Verbs.Of(call, post: s_reset),
        _ => Route.Unknown,
    };

    private static Route Phones(Call call, Site site, bool china)
    {
        var s = call.Segments;
        if (s.Length == 4) return Verbs.Of(call, get: s_phones, post: s_phoneCreate);
        if (PhoneSlots.FromId(s[4]) is null) return Verbs.NoResource;
        if (s.Length == 5)
            return Verbs.Of(call, get: s_phone, patch: s_phoneUpdate, delete: s_phoneDelete,
                put: site.Settings.BetaPut && call.Beta ? s_phoneUpdate : null);
        if (s.Length != 6 || china) return Route.Unknown;
        return s[5].ToLowerInvariant() switch
        {
            "enablesmssignin" or "microsoft.graph.enablesmssignin" => Verbs.Of(call, post: s_smsEnable),
            "disablesmssignin" or "microsoft.graph.disablesmssignin" => Verbs.Of(call, post: s_smsDisable),
            _ => Route.Unknown,
        };
    }
}
