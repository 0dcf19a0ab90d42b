using System.Globalization;
using ProvisioningConnector.Sandbox.Http;

namespace ProvisioningConnector.Sandbox.Endpoints;

/// <summary>A per-user collection of methods, in one page unless the settings want more.</summary>
internal static class MethodCollection
{
    private sealed record Page(Call Call, Site Site, string Segment, List<MethodEntry> Entries, bool WithType, int Start, int Size);

    public static Answer Answer(Call call, Site site, string segment, List<MethodEntry> entries, bool withType)
    {
        int start = 0;
        if (call.Query["skiptoken"] is { } token
            && (!int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out start) || start > entries.Count))
            return Refusal.BadRequest(call, site, "The specified page token is not valid.");
        MethodCollection.Page page = new Page(call, site, segment, entries, withType, start, site.Settings.MethodsPageSize ?? int.MaxValue);
        return Sandbox.Http.Answer.Object(200, page, static (w, p) =>
        {
            w.WriteString("@odata.context", p.Site.Context(p.Call, $"users('{p.Call.Segments[1]}')/authentication/{p.Segment}"));
            int end = (int)Math.Min(p.Entries.Count, (long)p.Start + p.Size);
            if (end < p.Entries.Count)
                w.WriteString("@odata.nextLink", string.Create(CultureInfo.InvariantCulture,
                    $"{p.Site.LinkRoot(p.Call)}/users/{p.Call.User.Id}/authentication/{p.Segment}?$skiptoken={end}"));
            w.WriteStartArray("value");
            for (int i = p.Start; i < end; i++)
            {
                w.WriteStartObject();
                p.Entries[i].Write(w, p.Call, p.Site, p.WithType);
                w.WriteEndObject();
            }
            w.WriteEndArray();
        });
    }

    public static Answer Entity(Call call, Site site, string segment, MethodEntry entry, bool withType, int status = 200) =>
        Sandbox.Http.Answer.Object(status, (call, site, segment, entry, withType), static (w, s) =>
        {
            w.WriteString("@odata.context", s.site.Context(s.call, $"users('{s.call.Segments[1]}')/authentication/{s.segment}/$entity"));
            s.entry.Write(w, s.call, s.site, s.withType);
        });
}
