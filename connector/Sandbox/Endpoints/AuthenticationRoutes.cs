namespace ProvisioningConnector.Sandbox;

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

    public static Route Match(Call call, Site site)
    {
        var s = call.Segments;
        if (s.Length == 3) return Route.Unknown;
        var china = site.Settings.Cloud == SandboxCloud.China;
        var segment = s[3].ToLowerInvariant();
        return segment switch
        {
            "phonemethods" => Phones(call, site, china),
            "methods" when !china => Methods(call),
            _ => Route.Unknown,
        };
    }

    private static Route Methods(Call call) => call.Segments.Length switch
    {
        4 => Router.Verbs(call, get: s_methods),
        // The generic collection cannot delete (graph-facts 4).
        5 => call.Method == "GET" ? s_method : Router.NoResource,
        _ => Route.Unknown,
    };

    private static Route Phones(Call call, Site site, bool china)
    {
        var s = call.Segments;
        if (s.Length == 4) return Router.Verbs(call, get: s_phones, post: s_phoneCreate);
        if (PhoneSlots.FromId(s[4]) is null) return Router.NoResource;
        if (s.Length == 5)
            return Router.Verbs(call, get: s_phone, patch: s_phoneUpdate, delete: s_phoneDelete,
                put: site.Settings.BetaPut && call.Beta ? s_phoneUpdate : null);
        if (s.Length != 6 || china) return Route.Unknown;
        return s[5].ToLowerInvariant() switch
        {
            "enablesmssignin" or "microsoft.graph.enablesmssignin" => Router.Verbs(call, post: s_smsEnable),
            "disablesmssignin" or "microsoft.graph.disablesmssignin" => Router.Verbs(call, post: s_smsDisable),
            _ => Route.Unknown,
        };
    }
}
