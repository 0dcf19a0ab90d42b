using System.Globalization;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary><c>auditLogs/directoryAudits</c>: security-info changes by app or person, newest first unless ordered otherwise, hours late.</summary>
internal static class AuditReport
{
    public static Answer List(Call call, Site site)
    {
        int size = site.Settings.Reports.AuditPageSize;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size < 1))
            return Refusal.BadRequest(call, site, "Invalid value for $top.");
        size = Math.Min(size, 999);
        // Entries are only ever added at the end, so a place counted from the beginning stays good.
        bool ascending = call.Query["orderby"]?.Trim().Equals("activityDateTime", StringComparison.OrdinalIgnoreCase) == true
            || call.Query["orderby"]?.EndsWith(" asc", StringComparison.OrdinalIgnoreCase) == true;
        IReadOnlyList<DirectoryAudit> entries = site.Tenant.Audit.Entries;
        int place = ascending ? 0 : entries.Count - 1;
        if (call.Query["skiptoken"] is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out place))
            return Refusal.BadRequest(call, site, "Invalid $skiptoken.");
        try
        {
            ODataFilter? filter = call.Query["filter"] is { } text ? ODataFilterParser.Parse(text) : null;
            DateTimeOffset until = site.Now - site.Settings.Reports.AuditDelay;
            List<DirectoryAudit> page = new List<DirectoryAudit>();
            int? next = null;
            for (; place >= 0 && place < entries.Count && next is null; place += ascending ? 1 : -1)
            {
                DirectoryAudit entry = entries[place];
                if (entry.At > until || (filter is not null && !filter.Holds(name => Value(entry, name)))) continue;
                if (page.Count == size) next = place;
                else page.Add(entry);
            }
            return Answer.Object(200, (call, site, page, next), static (w, s) =>
            {
                w.WriteString("@odata.context", s.site.Context(s.call, "auditLogs/directoryAudits"));
                if (s.next is { } at)
                    w.WriteString("@odata.nextLink",
                        $"{s.site.LinkRoot(s.call)}/auditLogs/directoryAudits?{s.call.Query.With("skiptoken", at.ToString(CultureInfo.InvariantCulture))}");
                w.WriteStartArray("value");
                foreach (DirectoryAudit entry in s.page)
                {
                    w.WriteStartObject();
                    Row(w, entry);
                    w.WriteEndObject();
                }
                w.WriteEndArray();
            });
        }
        catch (FilterException e)
        {
            return Refusal.BadRequest(call, site, e.Message);
        }
    }

    public static Answer Read(Call call, Site site) =>
        site.Tenant.Audit.Entries.FirstOrDefault(e => e.Id == call.Segments[2]) is { } entry && entry.At <= site.Now - site.Settings.Reports.AuditDelay
            ? Answer.Object(200, entry, Row)
            : Refusal.Create(call, site, 404, "ResourceNotFound", $"Resource '{call.Segments[2]}' not found.");

    private static void Row(Utf8JsonWriter w, DirectoryAudit entry)
    {
        w.WriteString("id", entry.Id);
        w.WriteString("category", "UserManagement");
        w.WriteString("correlationId", DerivedId.From(entry.Id));
        w.WriteString("result", "success");
        w.WriteString("resultReason", "");
        w.WriteString("activityDisplayName", entry.Activity);
        w.WriteString("activityDateTime", Entity.Time(entry.At));
        w.WriteString("loggedByService", "Authentication Methods");
        w.WriteString("operationType", "Update");
        w.WriteStartObject("initiatedBy");
        if (entry.By.UserId is not null)
        {
            w.WriteNull("app");
            w.WriteStartObject("user");
            w.WriteString("id", entry.By.UserId);
            w.WriteString("userPrincipalName", entry.By.UserName);
            w.WriteEndObject();
        }
        else
        {
            w.WriteNull("user");
            w.WriteStartObject("app");
            w.WriteString("appId", entry.By.AppId);
            w.WriteString("displayName", entry.By.AppName);
            w.WriteEndObject();
        }
        w.WriteEndObject();
        w.WriteStartArray("targetResources");
        w.WriteStartObject();
        w.WriteString("id", entry.TargetId);
        w.WriteString("type", "User");
        w.WriteString("userPrincipalName", entry.TargetName);
        w.WriteStartArray("modifiedProperties");
        w.WriteEndArray();
        w.WriteEndObject();
        w.WriteEndArray();
        w.WriteStartArray("additionalDetails");
        w.WriteEndArray();
    }

    private static object? Value(DirectoryAudit entry, string property) => property switch
    {
        "id" => entry.Id,
        "activityDateTime" => entry.At,
        "activityDisplayName" => entry.Activity,
        "category" => "UserManagement",
        "loggedByService" => "Authentication Methods",
        "result" => "success",
        "initiatedBy/user/id" => entry.By.UserId,
        "initiatedBy/user/userPrincipalName" => entry.By.UserName,
        "initiatedBy/app/displayName" => entry.By.AppName,
        "initiatedBy/app/appId" => entry.By.AppId,
        "targetResources" => new List<Func<string, object?>>
        {
            p => p switch { "id" => entry.TargetId.ToString(), "userPrincipalName" => entry.TargetName, "type" => "User", _ => null },
        },
        _ => throw new FilterException($"Could not find a property named '{property}' on type 'microsoft.graph.directoryAudit'."),
    };
}
