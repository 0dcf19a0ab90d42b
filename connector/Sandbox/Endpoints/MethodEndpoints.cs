using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>The mixed collection <c>methods</c>: reading only.</summary>
internal static class MethodEndpoints
{
    public static Answer List(Call call, Site site) =>
        MethodCollection.Answer(call, site, "methods", MethodEntry.All(Seen(call, site), call.Beta), withType: true);

    public static Answer Read(Call call, Site site)
    {
        var id = call.Segments[4];
        foreach (var entry in MethodEntry.All(Seen(call, site), call.Beta))
            if (entry.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
                return MethodCollection.Entity(call, site, "methods", entry, withType: true);
        return Refusal.Of(call, site, site.Settings.Errors.MissingMethod, id);
    }

    /// <summary>What this read shows of the user, which may be an older state.</summary>
    public static Credentials Seen(Call call, Site site) => site.Tenant.Views.Read(call.User, site.Now);
}
