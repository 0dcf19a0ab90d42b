using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>Groups: properties, members, what they confer.</summary>
internal static class GroupEndpoints
{
    public static Answer Read(Call call, Site site) => Answer.Object(200, (call, site), static (w, s) =>
    {
        w.WriteString("@odata.context", s.site.Context(s.call, "groups/$entity"));
        new GroupShape(s.call.Query["select"]).Write(w, Group(s.call, s.site));
    });

    /// <summary>Direct or transitive members; the cast <c>/microsoft.graph.user</c> leaves out groups.</summary>
    public static Answer Members(Call call, Site site)
    {
        SandboxGroup group = Group(call, site);
        IEnumerable<Guid> ids = call.Segments[2].StartsWith("transitive", StringComparison.OrdinalIgnoreCase)
            ? site.Directory.TransitiveMembers(group.Id).AsEnumerable()
            : group.Members;
        if (call.Query["filter"] is { Length: > 0 } filter)
        {
            if (One(filter) is not { } only) return Refusal.Create(call, site, 400, "Request_UnsupportedQuery",
                "The specified filter to the reference property query is currently not supported.");
            ids = ids.Where(id => id == only);
        }

        return Principals(call, site, [.. ids.Where(id => call.Segments.Length == 3 || site.Directory.Find(id) is not null)]);
    }

    /// <summary>The groups that hold this one, at any depth.</summary>
    public static Answer MemberOf(Call call, Site site) =>
        Principals(call, site, [.. site.Directory.GroupsOf(Group(call, site).Id).Select(static group => group.Id)]);

    /// <summary>The applications that members are assigned to.</summary>
    public static Answer Applications(Call call, Site site) => Answer.Object(200, (call, site, group: Group(call, site)), static (w, s) =>
    {
        w.WriteString("@odata.context", s.site.Context(s.call, $"groups('{s.group.Id}')/appRoleAssignments"));
        w.WriteStartArray("value");
        foreach (string name in s.group.Facts.Applications ?? [])
        {
            w.WriteStartObject();
            w.WriteString("id", Settings.DerivedId.From($"assignment:{s.group.Id}:{name}").ToString("N"));
            w.WriteString("principalId", s.group.Id);
            w.WriteString("principalType", "Group");
            w.WriteString("resourceDisplayName", name);
            w.WriteString("resourceId", Settings.DerivedId.From("application:" + name));
            w.WriteEndObject();
        }
        w.WriteEndArray();
    });

    public static Answer Add(Call call, Site site)
    {
        SandboxGroup group = Group(call, site);
        using JsonDocument? body = call.ReadBody();
        if (body?.Text("@odata.id") is not { } reference) return Refusal.BadBody(call, site);
        string last = reference[(reference.LastIndexOf('/') + 1)..];
        call.Subject = site.Directory.Find(last);
        if (!Guid.TryParse(last, out Guid id) || (call.Subject is null && !site.Directory.Groups.ContainsKey(id)))
            return Refusal.DirectoryMissing(call, site, last);
        if (Unchangeable(call, site, group) is { } refused) return refused;
        if (group.Members.Contains(id)) return Refusal.Create(call, site, 400, "Request_BadRequest",
            "One or more added object references already exist for the following modified properties: 'members'.");
        return Changed(call, site, group with { Members = group.Members.Add(id) });
    }

    public static Answer Remove(Call call, Site site)
    {
        SandboxGroup group = Group(call, site);
        if (Unchangeable(call, site, group) is { } refused) return refused;
        return Guid.TryParse(call.Segments[3], out Guid id) && group.Members.Contains(id)
            ? Changed(call, site, group with { Members = group.Members.Remove(id) })
            : Refusal.DirectoryMissing(call, site, call.Segments[3]);
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
            SandboxGroup? group = directory.Groups.GetValueOrDefault(id);
            w.WriteString("@odata.type", group is null ? "#microsoft.graph.servicePrincipal" : "#microsoft.graph.group");
            w.WriteString("id", id);
            w.WriteString("displayName", group?.DisplayName ?? "A service principal");
        }
        w.WriteEndObject();
    }

    /// <summary>The one id that a filter asks for; null: it asks for something else.</summary>
    private static Guid? One(string filter) =>
        filter.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["id", "eq", ['\'', .. var id, '\'']] && Guid.TryParse(id, out Guid one) ? one : null;

    private static Answer? Unchangeable(Call call, Site site, SandboxGroup group)
    {
        if (group.Facts.MembershipRule is not null) return Refusal.Create(call, site, 400, "Request_BadRequest",
            "Insufficient privileges to update membership of a group with dynamic membership.");
        return group.Facts.OnPremisesSyncEnabled == true
            ? Refusal.Create(call, site, 400, "Request_BadRequest",
                "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.")
            : null;
    }

    private static Answer Changed(Call call, Site site, SandboxGroup group)
    {
        call.Applied = true;
        site.Directory.Groups[group.Id] = group;
        site.Tenant.Changed();
        return Answer.NoContent();
    }

    private static Answer Principals(Call call, Site site, ImmutableArray<Guid> members)
    {
        int size = 100;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > 999))
            return Refusal.BadRequest(call, site, "Invalid page size specified.");
        int start = 0;
        if (call.Query["skiptoken"] is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start))
            return Refusal.BadRequest(call, site, "Invalid $skiptoken.");
        return Answer.Object(200, (call, site, members, start, size), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, "directoryObjects"));
            if (s.start + s.size < s.members.Length)
                w.WriteString("@odata.nextLink",
                    $"{s.site.LinkRoot(s.call)}/{string.Join('/', s.call.Segments)}?"
                    + $"{s.call.Query.With("skiptoken", (s.start + s.size).ToString(CultureInfo.InvariantCulture))}");
            w.WriteStartArray("value");
            UserShape shape = new UserShape(s.call.Query["select"]);
            foreach (Guid id in s.members.Skip(s.start).Take(s.size)) Principal(w, id, s.site.Directory, shape);
            w.WriteEndArray();
        });
    }

    private static SandboxGroup Group(Call call, Site site) =>
        site.Directory.FindGroup(call.Segments[1]) ?? throw new InvalidOperationException("The route has no group.");
}

/// <summary>Which properties of a group are written; licences only when they are asked for.</summary>
internal sealed class GroupShape(string? select)
{
    private static readonly string[] Default =
    [
        "id", "displayName", "securityEnabled", "mailEnabled", "groupTypes", "membershipRule", "onPremisesSyncEnabled", "isAssignableToRole",
    ];

    private readonly string[] _names = string.IsNullOrEmpty(select) ? Default
        : select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public void Write(Utf8JsonWriter w, SandboxGroup group)
    {
        GroupFacts facts = group.Facts;
        foreach (string name in _names)
            switch (name.ToLowerInvariant())
            {
                case "id": w.WriteString("id", group.Id); break;
                case "displayname": w.WriteString("displayName", group.DisplayName); break;
                case "securityenabled": w.WriteBoolean("securityEnabled", facts.SecurityEnabled); break;
                case "mailenabled": w.WriteBoolean("mailEnabled", facts.MailEnabled); break;
                case "membershiprule": w.WriteString("membershipRule", facts.MembershipRule); break;
                case "isassignabletorole": w.WriteBoolean("isAssignableToRole", facts.IsAssignableToRole); break;
                case "onpremisessyncenabled":
                    if (facts.OnPremisesSyncEnabled is { } synced) w.WriteBoolean("onPremisesSyncEnabled", synced);
                    else w.WriteNull("onPremisesSyncEnabled");
                    break;
                case "grouptypes":
                    w.WriteStartArray("groupTypes");
                    if (facts.Unified) w.WriteStringValue("Unified");
                    if (facts.MembershipRule is not null) w.WriteStringValue("DynamicMembership");
                    w.WriteEndArray();
                    break;
                case "assignedlicenses":
                    w.WriteStartArray("assignedLicenses");
                    foreach (Guid product in facts.Licences ?? [])
                    {
                        w.WriteStartObject();
                        w.WriteString("skuId", product);
                        w.WriteEndObject();
                    }
                    w.WriteEndArray();
                    break;
            }
    }
}
