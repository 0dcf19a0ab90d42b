namespace ProvisioningConnector.Sandbox.Http;

/// <summary>How a request counts against quotas and permissions.</summary>
internal enum RouteClass { Read, Write, Report, Batch }

/// <summary>An endpoint. <paramref name="Kind"/> is its name in fault plans, journal and counts.</summary>
internal sealed record Route(string Kind, RouteClass Class, Func<Call, Site, Answer> Handle)
{
    public static Route Unknown { get; } = new("unknown", RouteClass.Read, static (call, site) =>
        Refusal.UnknownSegment(call, site, call.Segments.Length == 0 ? "" : call.Segments[^1]));

    public static Route Read(string kind, Func<Call, Site, Answer> handle) => new(kind, RouteClass.Read, handle);

    public static Route Write(string kind, Func<Call, Site, Answer> handle) => new(kind, RouteClass.Write, handle);
}

/// <summary>From the method of a request to the route, and the refusals of a method or path that does not exist.</summary>
internal static class Verbs
{
    /// <summary>The route of the verb, or the refusal of a verb that the resource does not have.</summary>
    public static Route Select(Call call, Route? get = null, Route? post = null, Route? patch = null, Route? delete = null, Route? put = null) =>
        call.Method switch
        {
            "GET" => get,
            "POST" => post,
            "PATCH" => patch,
            "DELETE" => delete,
            "PUT" => put,
            _ => null,
        } ?? WrongVerb;

    public static Route WrongVerb { get; } = new("unknown", RouteClass.Read, static (call, site) =>
        Refusal.Create(call, site, site.Settings.Errors.WrongVerb, call.Target));

    /// <summary>Graph's routing error of the authentication methods, which names an internal host (docs/graph.md#other-methods).</summary>
    public static Route NoResource { get; } = new("unknown", RouteClass.Read, static (call, site) =>
        Refusal.Create(call, site, site.Settings.Errors.NoRoute, string.Join('/', call.Segments)));
}
