using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Endpoints;

internal static class PhoneReads
{
    public static Answer List(Call call, Site site)
    {
        var entries = MethodEntry.Phones(MethodEndpoints.Seen(call, site));
        if (call.Query["filter"] is { } text)
            try
            {
                var filter = FilterParser.Parse(text);
                entries.RemoveAll(e => !filter.Holds(name => Value(e, name)));
            }
            catch (FilterException e)
            {
                return Refusal.BadRequest(call, site, e.Message);
            }
        return MethodCollection.Answer(call, site, "phoneMethods", entries, site.Settings.TypeInTypedCollections);
    }

    public static Answer Read(Call call, Site site)
    {
        var slot = PhoneWrites.Slot(call);
        return MethodEndpoints.Seen(call, site).Phone(slot) is { } phone
            ? MethodCollection.Entity(call, site, "phoneMethods", new MethodEntry(slot, phone, null, null), site.Settings.TypeInTypedCollections)
            : Refusal.Of(call, site, site.Settings.Errors.MissingMethod, slot.Id());
    }

    private static string? Value(MethodEntry entry, string property) => property switch
    {
        "id" => entry.Id,
        "phoneType" => entry.Slot.WireName(),
        "phoneNumber" => entry.Phone?.Number,
        _ => throw new FilterException($"Could not find a property named '{property}'."),
    };
}
