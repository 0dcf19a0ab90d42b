using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>The one e-mail method (docs/graph.md#e-mail-method).</summary>
internal static class EmailEndpoints
{
    public static Answer List(Call call, Site site)
    {
        string? email = MethodEndpoints.Seen(call, site).Email;
        return MethodCollection.Answer(call, site, "emailMethods", email is null ? [] : [Entry(email)], site.Settings.TypeInTypedCollections);
    }

    public static Answer Read(Call call, Site site) =>
        Named(call) && MethodEndpoints.Seen(call, site).Email is { } email ? Written(call, site, email, 200) : Missing(call, site);

    public static Answer Create(Call call, Site site)
    {
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        if (Accepted(body.Text("emailAddress"), site) is not { } address) return Refusal.Create(call, site, site.Settings.Errors.InvalidEmail);
        if (call.User.Credentials.Email is not null) return Refusal.Create(call, site, site.Settings.Errors.SecondEmail);
        site.Write(call, call.User.Credentials with { Email = address });
        return Written(call, site, address, 201);
    }

    public static Answer Update(Call call, Site site)
    {
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        if (!Named(call) || call.User.Credentials.Email is null) return Missing(call, site);
        if (Accepted(body.Text("emailAddress"), site) is not { } address) return Refusal.Create(call, site, site.Settings.Errors.InvalidEmail);
        site.Write(call, call.User.Credentials with { Email = address });
        return call.Beta ? Written(call, site, address, 200) : Answer.NoContent();
    }

    public static Answer Delete(Call call, Site site)
    {
        if (!Named(call) || call.User.Credentials.Email is null) return Missing(call, site);
        site.Write(call, call.User.Credentials with { Email = null });
        return Answer.NoContent();
    }

    private static bool Named(Call call) => call.Segments[4].Equals(FixedIds.Email, StringComparison.OrdinalIgnoreCase);

    private static Answer Missing(Call call, Site site) => Refusal.Create(call, site, site.Settings.Errors.MissingMethod, call.Segments[4]);

    private static MethodEntry Entry(string address) => new(default, null, address, null);

    private static Answer Written(Call call, Site site, string address, int status) =>
        MethodCollection.Entity(call, site, "emailMethods", Entry(address), site.Settings.TypeInTypedCollections, status);

    private static string? Accepted(string? address, Site site)
    {
        if (string.IsNullOrEmpty(address)) return null;
        int at = address.IndexOf('@', StringComparison.Ordinal);
        bool valid = at > 0 && at == address.LastIndexOf('@') && address.LastIndexOf('.') > at + 1 && address[^1] != '.' && !address.Contains(' ');
        return valid || site.Settings.InvalidEmail == Tolerance.Accept ? address : null;
    }
}
