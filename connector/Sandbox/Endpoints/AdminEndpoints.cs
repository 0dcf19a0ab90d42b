using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>The sandbox's own addresses, which Microsoft Graph does not have: <c>/sandbox/clock</c> and <c>/sandbox/changes</c>.</summary>
internal static class AdminRoutes
{
    private static readonly Route Clock = Route.Read("clock.read", static (call, site) => Now(site));
    private static readonly Route SetClock = Route.Read("clock.set", Set);
    private static readonly Route Changes = Route.Read("changes.make", Change);

    public static Route Match(Call call) => call.Segments switch
    {
        [Incoming.NoVersion, "sandbox", "clock"] => Verbs.Select(call, get: Clock, post: SetClock),
        [Incoming.NoVersion, "sandbox", "changes"] => Verbs.Select(call, post: Changes),
        _ => Route.Unknown,
    };

    private static Answer Now(Site site) => Answer.Object(200, site, static (w, s) => w.WriteString("now", Entity.Time(s.Now)));

    private static Answer Set(Call call, Site site)
    {
        using JsonDocument? body = call.ReadBody();
        if (DateOnly.TryParseExact(body?.Text("date"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out DateOnly date)) site.Clock.Set(date);
        else if (DateTimeOffset.TryParse(body?.Text("now"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out DateTimeOffset now)) site.Clock.Set(now);
        else return Refusal.BadRequest(call, site, "Give \"date\": \"yyyy-MM-dd\", or \"now\" with a time.");
        return Now(site);
    }

    /// <summary>What a person or another administrator does: a change as in fault plans, of <c>user</c>.</summary>
    private static Answer Change(Call call, Site site)
    {
        try
        {
            FaultChange change = SandboxJson.Read<FaultChange>(call.Body.Span, "change");
            if (change.Complaint() is { } complaint) return Refusal.BadRequest(call, site, "The body " + complaint);
            if (change.Read() is not { } what || change.User is null || site.Directory.Find(change.User) is not { } user)
                return Refusal.DirectoryMissing(call, site, change.User ?? "user");
            site.Tenant.Apply(user, what);
            return Answer.NoContent();
        }
        catch (SandboxSeedException e)
        {
            return Refusal.BadRequest(call, site, e.Message);
        }
    }
}
