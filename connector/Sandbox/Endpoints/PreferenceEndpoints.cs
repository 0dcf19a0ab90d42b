using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Beta <c>signInPreferences</c>: the default MFA method (docs/graph.md#sign-in-preferences).</summary>
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
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        string? wanted = body.Text("userPreferredMethodForSecondaryAuthentication");
        if (DefaultMethods.FromWireName(wanted) is not { } method)
            return Refusal.BadRequest(call, site,
                "The value of userPreferredMethodForSecondaryAuthentication is not one of userDefaultAuthenticationMethodType.");
        UserCredentials now = call.User.Credentials;
        if (method.MethodId(now) is null && site.Settings.PreferenceForMissingMethod == Tolerance.Refuse)
            return Refusal.Create(call, site, site.Settings.Errors.MissingPreference, method.WireName());
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
        using JsonDocument? body = call.ReadBody();
        if (body?.Text("perUserMfaState") is not ("disabled" or "enabled" or "enforced"))
            return Refusal.BadRequest(call, site, "perUserMfaState must be disabled, enabled or enforced.");
        site.Write(call, call.User.Credentials with { PerUserMfa = body.Text("perUserMfaState") ?? "disabled" });
        return Answer.NoContent();
    }
}

/// <summary>What taking a method away does to the default (docs/graph.md#default-method-and-deletion).</summary>
internal static class DefaultMethodRemoval
{
    /// <summary>Whether the method is the default while others exist, so that the service refuses to delete it.</summary>
    public static bool OfDefault(UserCredentials now, string methodId, SandboxSettings settings) =>
        settings.DeleteOfDefault == Tolerance.Refuse
        && now.CountBesidePassword > 1
        && now.Default?.MethodId(now) is { } id
        && id.Equals(methodId, StringComparison.OrdinalIgnoreCase);

    /// <summary>A default that stands for nothing any more falls to the strongest method left, or to none.</summary>
    public static UserCredentials Settled(UserCredentials next)
    {
        if (next.Default is null || next.Default.Value.MethodId(next) is not null) return next;
        foreach (SignInPreference candidate in (ReadOnlySpan<SignInPreference>)[SignInPreference.Push, SignInPreference.Oath, SignInPreference.Sms,
            SignInPreference.VoiceAlternateMobile, SignInPreference.VoiceOffice])
            if (candidate.MethodId(next) is not null) return next with { Default = candidate };
        return next with { Default = null };
    }
}
