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
