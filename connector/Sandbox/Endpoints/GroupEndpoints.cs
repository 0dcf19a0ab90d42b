using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

internal static class GroupEndpoints
{
    public static Answer Read(Call call, Site site) => Answer.Object(200, (call, site), static (w, s) =>
    {
        w.WriteString("@odata.context", s.site.Context(s.call, "groups/$entity"));
        w.WriteString("id", Group(s.call, s.site).Id);
        w.WriteString("displayName", Group(s.call, s.site).DisplayName);
    });

    /// <summary>Direct or transitive members; the cast <c>/microsoft.graph.user</c> leaves out groups.</summary>
    public static Answer Members(Call call, Site site)
    {
        var group = Group(call, site);
        var ids = call.Segments[2].StartsWith("transitive", StringComparison.OrdinalIgnoreCase)
            ? site.Directory.TransitiveMembers(group.Id).AsEnumerable()
            : group.Members;
        var members = ids.Where(id => call.Segments.Length == 3 || site.Directory.Find(id) is not null).ToList();
        var size = 100;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > 999))
            return Refusal.BadRequest(call, site, "Invalid page size specified.");
        var start = 0;
        if (call.Query["skiptoken"] is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            return Refusal.BadRequest(call, site, "Invalid $skiptoken.");
        return Answer.Object(200, (call, site, members, start, size), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "directoryObjects"));
            if (s.start + s.size < s.members.Count)
                w.WriteString("@odata.nextLink", $"{s.site.LinkRoot(s.call)}/{string.Join('/', s.call.Segments)}?{s.call.Query.With("skiptoken", (s.start + s.size).ToString(CultureInfo.InvariantCulture))}");
            w.WriteStartArray("value");
            var shape = new UserShape(s.call.Query["select"]);
            foreach (var id in s.members.Skip(s.start).Take(s.size)) Principal(w, id, s.site.Directory, shape);
            w.WriteEndArray();
        });
    }

    public static void Principal(Utf8JsonWriter w, Guid id, UserDirectory directory, UserShape shape)
    {
        w.WriteStartObject();
        if (directory.Find(id) is { } user)
        {
            w.WriteString("@odata.type", "#microsoft.graph.user");
            shape.Write(w, user);
        }
        else
        {
            var group = directory.Groups.GetValueOrDefault(id);
            w.WriteString("@odata.type", group is null ? "#microsoft.graph.servicePrincipal" : "#microsoft.graph.group");
            w.WriteString("id", id);
            w.WriteString("displayName", group?.DisplayName ?? "A service principal");
        }
        w.WriteEndObject();
    }

    private static SandboxGroup Group(Call call, Site site) =>
        site.Directory.FindGroup(call.Segments[1]) ?? throw new InvalidOperationException("The route has no group.");
}
