using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Registration report, audit log and sign-ins: the class of five requests in ten seconds (docs/graph.md#throttling).</summary>
internal static class ReportRoutes
{
    private static readonly Route Registrations = Report("registration.list", RegistrationReport.List);
    private static readonly Route RegistrationRoute = Report("registration.read", RegistrationReport.Read);
    private static readonly Route AuditsRoute = Report("audit.list", AuditReport.List);
    private static readonly Route SignInsRoute = Report("signIns.list", SignInReport.List);
    private static readonly Route Audit = Report("audit.read", AuditReport.Read);

    public static Route Registration(Call call, Site site)
    {
        string[] s = call.Segments;
        if (s.Length is < 3 or > 4 || !s[1].Equals("authenticationMethods", StringComparison.OrdinalIgnoreCase)
            || !s[2].Equals("userRegistrationDetails", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        if (s.Length == 4) call.Subject = site.Directory.Find(s[3]);
        return Verbs.Select(call, get: s.Length == 3 ? Registrations : RegistrationRoute);
    }

    public static Route Audits(Call call)
    {
        string[] s = call.Segments;
        if (s.Length == 2 && s[1].Equals("signIns", StringComparison.OrdinalIgnoreCase)) return Verbs.Select(call, get: SignInsRoute);
        if (s.Length is < 2 or > 3 || !s[1].Equals("directoryAudits", StringComparison.OrdinalIgnoreCase)) return Route.Unknown;
        return Verbs.Select(call, get: s.Length == 2 ? AuditsRoute : Audit);
    }

    private static Route Report(string kind, Func<Call, Site, Answer> handle) => new(kind, RouteClass.Report, (call, site) =>
        site.Settings.Reports.Licensed
            ? handle(call, site)
            : Refusal.Create(call, site, 403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                "Neither tenant is B2C or tenant doesn't have premium license"));
}
