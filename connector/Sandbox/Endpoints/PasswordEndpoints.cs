using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>The password: reading its entry and resetting it (graph-facts 5).</summary>
internal static class PasswordEndpoints
{
    public static Answer List(Call call, Site site) =>
        MethodCollection.Answer(call, site, "passwordMethods", [default], site.Settings.TypeInTypedCollections);

    public static Answer Read(Call call, Site site) => IsPassword(call)
        ? MethodCollection.Entity(call, site, "passwordMethods", default, site.Settings.TypeInTypedCollections)
        : Refusal.Of(call, site, site.Settings.Errors.MissingMethod, call.Segments[4]);

    /// <summary>202 with a <c>Location</c> to poll; a generated password stands in the body, a given one gives no body.</summary>
    public static Answer Reset(Call call, Site site)
    {
        var settings = site.Settings.PasswordReset;
        if (!IsPassword(call)) return Refusal.Of(call, site, site.Settings.Errors.MissingMethod, call.Segments[4]);
        if (site.Settings.Cloud == SandboxCloud.China) return Refusal.UnknownSegment(call, site, "resetPassword");
        if (!call.Delegated && !site.Settings.Permissions.ResetPasswordAppOnly) return Refusal.Of(call, site, site.Settings.Errors.Forbidden);
        using var body = call.ReadBody();
        var given = body?.Text("newPassword");
        if (given is null && call.User.OnPremisesSyncEnabled == true && settings.HybridNeedsPassword)
            return Refusal.Of(call, site, 400, "badRequest", "A new password must be given for a user whose password is managed on premises.");
        if (given is not null && PasswordRules.Weak(given))
            return Refusal.Of(call, site, 400, "badRequest", "The password does not meet the password policy of the tenant.");
        call.Applied = true;
        if (settings.Outcome is ResetOutcome.Succeeded or ResetOutcome.Redirected) call.User.PasswordChanges++;
        var id = DerivedId.From(site.NextRandom(), 1).ToString();
        site.Operations.All[id] = new PasswordOperation(call.User, site.Now);
        var answer = given is not null
            ? new Answer(202, default)
            : Answer.Object(202, (call, site), static (w, s) =>
            {
                w.WriteString("@odata.context", s.site.Context(s.call, "microsoft.graph.passwordResetResponse"));
                w.WriteString("newPassword", Secrets.Password(s.site));
            });
        answer.With("Location", $"{site.LinkRoot(call)}/users/{call.User.Id}/authentication/operations/{id}?{OperationEndpoint.Routing}");
        return OperationEndpoint.Later(answer, settings);
    }

    private static bool IsPassword(Call call) => call.Segments[4].Equals(FixedIds.Password, StringComparison.OrdinalIgnoreCase);
}
