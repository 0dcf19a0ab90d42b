using System.Globalization;
using System.Text;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary><c>GET /users</c>, page by page, and <c>/users/$count</c>.</summary>
internal static class UserList
{
    private sealed record Page(Call Call, Site Site, List<SandboxUser> Users, int? Next, int? Count, UserShape Shape);

    public static Answer Answer(Call call, Site site)
    {
        int size = site.Settings.UsersPageSize;
        if (call.Query["top"] is { } top && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out size) || size is < 1 or > 999))
            return Refusal.Create(call, site, 400, "Request_UnsupportedQuery", "Invalid page size specified: '" + top
                + "'. Must be between 1 and 999 inclusive.");
        int start = 0;
        if (call.Query["skiptoken"] is { } token && !TryPlace(token, out start))
            return Refusal.Create(call, site, 400, "Directory_ExpiredPageToken",
                "The specified page token value has expired and can no longer be included in your request.");
        if (!UserListOrder.TryParse(call.Query["orderby"], out UserListOrder? order))
            return Refusal.Create(call, site, 400, "Request_UnsupportedQuery", "Sorting not supported for current query.");
        ODataFilter? filter;
        List<SandboxUser> users = new List<SandboxUser>(Math.Min(size, 999));
        int? next = null, count = null;
        try
        {
            filter = call.Query["filter"] is { } text ? ODataFilterParser.Parse(text) : null;
            next = Collect(site, filter, order, start, size, users);
            if (call.Query["count"] is "true" && call.Headers.ConsistencyLevel is "eventual") count = CountOf(site, filter);
        }
        catch (FilterException e)
        {
            return Refusal.Create(call, site, 400, "Request_UnsupportedQuery", e.Message);
        }
        UserList.Page page = new Page(call, site, users, next, count, new UserShape(call.Query["select"], call.Query["expand"]));
        if (page.Shape.NeedsLicence && !site.Settings.Reports.Licensed)
            return Refusal.Create(call, site, 403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                "Neither tenant is B2C or tenant doesn't have premium license");
        return Sandbox.Http.Answer.Object(200, page, static (w, p) =>
        {
            w.WriteString("@odata.context", p.Site.Context(p.Call, "users"));
            if (p.Count is { } count) w.WriteNumber("@odata.count", count);
            if (p.Next is { } next)
                w.WriteString("@odata.nextLink", $"{p.Site.LinkRoot(p.Call)}/users?{p.Call.Query.With("skiptoken", Token(next))}");
            w.WriteStartArray("value");
            foreach (SandboxUser user in p.Users)
            {
                w.WriteStartObject();
                p.Shape.Write(w, user, p.Site.Directory);
                w.WriteEndObject();
            }
            w.WriteEndArray();
        });
    }

    public static Answer Count(Call call, Site site)
    {
        if (call.Headers.ConsistencyLevel is not "eventual")
            return Refusal.BadRequest(call, site, "$count is not currently supported without the header ConsistencyLevel: eventual.");
        try
        {
            int count = CountOf(site, call.Query["filter"] is { } text ? ODataFilterParser.Parse(text) : null);
            return new Answer(200, Encoding.UTF8.GetBytes(count.ToString(CultureInfo.InvariantCulture))).With("Content-Type", "text/plain");
        }
        catch (FilterException e)
        {
            return Refusal.Create(call, site, 400, "Request_UnsupportedQuery", e.Message);
        }
    }

    private static int? Collect(Site site, ODataFilter? filter, UserListOrder? order, int start, int size, List<SandboxUser> into)
    {
        // The filters of single reads need no walk over a million users.
        if (filter is ODataFilter.Compare { Operator: "eq", Value: string wanted } compare
            && compare.Property.ToLowerInvariant() is "id" or "userprincipalname")
        {
            if (site.Directory.Find(wanted) is { } found && filter.Holds(name => UserShape.Value(found, name))) into.Add(found);
            return null;
        }
        IReadOnlyList<SandboxUser> all = order is null ? site.Directory.Users : order.Sort(site.Directory.Users);
        for (int i = start; i < all.Count; i++)
        {
            SandboxUser user = all[i];
            if (!user.Exists || (filter is not null && !filter.Holds(name => UserShape.Value(user, name)))) continue;
            if (into.Count == size) return i;
            into.Add(user);
        }
        return null;
    }

    private static int CountOf(Site site, ODataFilter? filter) => filter is null
        ? site.Directory.Count
        : site.Directory.Users.Count(u => u.Exists && filter.Holds(name => UserShape.Value(u, name)));

    private static string Token(int place) =>
        "RFNwdAIAAQ" + Convert.ToHexString(BitConverter.GetBytes(place ^ 0x5A17B0C5));

    private static bool TryPlace(string token, out int place)
    {
        place = 0;
        if (token.Length != 18 || !token.StartsWith("RFNwdAIAAQ", StringComparison.Ordinal)) return false;
        Span<byte> bytes = stackalloc byte[4];
        if (Convert.FromHexString(token.AsSpan(10), bytes, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        place = BitConverter.ToInt32(bytes) ^ 0x5A17B0C5;
        return place >= 0;
    }
}
