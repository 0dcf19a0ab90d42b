using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>The password: reading its entry and resetting it (docs/graph.md#password-reset).</summary>
internal static class PasswordEndpoints
{
    public static Answer List(Call call, Site site) =>
        MethodCollection.Answer(call, site, "passwordMethods", [default], site.Settings.TypeInTypedCollections);

    public static Answer Read(Call call, Site site) => IsPassword(call)
        ? MethodCollection.Entity(call, site, "passwordMethods", default, site.Settings.TypeInTypedCollections)
        : Refusal.Create(call, site, site.Settings.Errors.MissingMethod, call.Segments[4]);

    /// <summary>202 with a <c>Location</c> to poll; a generated password stands in the body, a given one gives no body.</summary>
    public static Answer Reset(Call call, Site site)
    {
        PasswordResetSettings settings = site.Settings.PasswordReset;
        if (!IsPassword(call)) return Refusal.Create(call, site, site.Settings.Errors.MissingMethod, call.Segments[4]);
        if (site.Settings.Cloud == SandboxCloud.China) return Refusal.UnknownSegment(call, site, "resetPassword");
        if (!call.Delegated && !site.Settings.Permissions.ResetPasswordAppOnly) return Refusal.Create(call, site, site.Settings.Errors.Forbidden);
        using JsonDocument? body = call.ReadBody();
        string? given = body?.Text("newPassword");
        if (given is null && call.User.OnPremisesSyncEnabled == true && settings.HybridNeedsPassword)
            return Refusal.Create(call, site, 400, "badRequest", "A new password must be given for a user whose password is managed on premises.");
        if (given is not null && PasswordRules.Weak(given))
            return Refusal.Create(call, site, 400, "badRequest", "The password does not meet the password policy of the tenant.");
        call.Applied = true;
        if (settings.Outcome is ResetOutcome.Succeeded or ResetOutcome.Redirected) call.User.SetPassword(site.Now);
        string id = DerivedId.From(site.NextRandom(), 1).ToString();
        site.Operations.All[id] = new PasswordOperation(call.User, site.Now);
        Answer answer = given is not null
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

/// <summary>Polling a password reset (docs/graph.md#password-reset). The query string of <c>Location</c> names the place that knows the operation.</summary>
internal static class OperationEndpoint
{
    public const string Routing = "aadgdc=DUB02P&aadgsu=ssprprod-a";

    public static Answer Read(Call call, Site site)
    {
        PasswordResetSettings settings = site.Settings.PasswordReset;
        if (!call.Delegated && !site.Settings.Permissions.ResetPasswordAppOnly) return Refusal.Create(call, site, site.Settings.Errors.Forbidden);
        if (!site.Operations.All.TryGetValue(call.Segments[4], out PasswordOperation? operation) || operation.User != call.User
            || (settings.QueryRequired && (call.Query["aadgdc"] is null || call.Query["aadgsu"] is null))) return Missing(call, site);
        operation.Polls++;
        bool running = operation.Polls <= settings.RunningPolls || site.Now - operation.Created < settings.Duration;
        if (running) return Later(Status(call, site, operation, "running", 200), settings);
        return settings.Outcome switch
        {
            ResetOutcome.Succeeded => Status(call, site, operation, "succeeded", settings.FinalStatus),
            ResetOutcome.Failed => Status(call, site, operation, "failed", settings.FinalStatus),
            ResetOutcome.Vanished => Missing(call, site),
            ResetOutcome.Endless => Later(Status(call, site, operation, "running", 200), settings),
            ResetOutcome.Redirected when call.Query["redirected"] is null => new Answer(302, default)
                .With("Location", $"{site.LinkRoot(call)}/users/{call.User.Id}/authentication/operations/{call.Segments[4]}?{Routing}&redirected=1"),
            ResetOutcome.Redirected => Status(call, site, operation, "succeeded", settings.FinalStatus),
        };
    }

    public static Answer Later(Answer answer, PasswordResetSettings settings) =>
        settings.RetryAfter is { } seconds ? answer.With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)) : answer;

    private static Answer Missing(Call call, Site site) =>
        Refusal.Create(call, site, 404, "resourceNotFound", "The operation was not found.");

    private static Answer Status(Call call, Site site, PasswordOperation operation, string status, int http) =>
        Answer.Object(http, (call, site, operation, status), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, $"users('{s.call.Segments[1]}')/authentication/operations/$entity"));
            w.WriteString("id", s.call.Segments[4]);
            w.WriteString("status", s.status);
            w.WriteString("createdDateTime", Entity.Time(s.operation.Created));
            w.WriteString("lastActionDateTime", Entity.Time(s.site.Now));
            w.WriteString("statusDetail", s.status == "running" ? null : s.site.Settings.PasswordReset.StatusDetail);
            w.WriteNull("resourceLocation");
        });
}
