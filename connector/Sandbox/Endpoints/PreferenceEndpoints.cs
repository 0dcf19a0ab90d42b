using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Beta <c>signInPreferences</c>: the default MFA method (graph-facts 6.1).</summary>
internal static class PreferenceEndpoints
{
    public static Answer Read(Call call, Site site) =>
        Answer.Object(200, (call, site, seen: MethodEndpoints.Seen(call, site)), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, $"users('{s.call.Segments[1]}')/authentication/signInPreferences"));
            w.WriteBoolean("isSystemPreferredAuthenticationMethodEnabled", s.seen.SystemPreferred);
            if (s.seen.Default is { } method) w.WriteString("userPreferredMethodForSecondaryAuthentication", method.WireName());
            else w.WriteNull("userPreferredMethodForSecondaryAuthentication");
            if (s.seen.SystemPreferred)
                w.WriteString("systemPreferredAuthenticationMethod", Registration.SystemPreferred(s.seen));
        });

    public static Answer Update(Call call, Site site)
    {
        using var body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        var wanted = body.Text("userPreferredMethodForSecondaryAuthentication");
        if (DefaultMethods.FromWireName(wanted) is not { } method)
            return Refusal.BadRequest(call, site, "The value of userPreferredMethodForSecondaryAuthentication is not one of userDefaultAuthenticationMethodType.");
        var now = call.User.Credentials;
        if (method.MethodId(now) is null && site.Settings.PreferenceForMissingMethod == Tolerance.Refuse)
            return Refusal.Of(call, site, site.Settings.Errors.MissingPreference, method.WireName());
        site.Write(call, now with { Default = method });
        return Answer.NoContent();
    }
}

/// <summary>Beta <c>requirements</c>: the per-user MFA state.</summary>
internal static class RequirementEndpoints
{
    public static Answer Read(Call call, Site site) =>
        Answer.Object(200, (call, site), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, $"users('{s.call.Segments[1]}')/authentication/requirements"));
            w.WriteString("perUserMfaState", s.call.User.Credentials.PerUserMfa);
        });

    public static Answer Update(Call call, Site site)
    {
        using var body = call.ReadBody();
        if (body?.Text("perUserMfaState") is not ("disabled" or "enabled" or "enforced"))
            return Refusal.BadRequest(call, site, "perUserMfaState must be disabled, enabled or enforced.");
        site.Write(call, call.User.Credentials with { PerUserMfa = body.Text("perUserMfaState") ?? "disabled" });
        return Answer.NoContent();
    }
}
