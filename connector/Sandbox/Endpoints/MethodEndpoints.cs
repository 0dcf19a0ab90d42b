using System.Text.Json;
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
        string id = call.Segments[4];
        foreach (MethodEntry entry in MethodEntry.All(Seen(call, site), call.Beta))
            if (entry.Id.Equals(id, StringComparison.OrdinalIgnoreCase))
                return MethodCollection.Entity(call, site, "methods", entry, withType: true);
        return Refusal.Create(call, site, site.Settings.Errors.MissingMethod, id);
    }

    /// <summary>What this read shows of the user, which may be an older state.</summary>
    public static UserCredentials Seen(Call call, Site site) => site.Tenant.Views.Read(call.User, site.Now);
}

/// <summary>One entry of a methods collection; with nothing set it is the password.</summary>
internal readonly record struct MethodEntry(PhoneSlot Slot, StoredPhone? Phone, string? Email, StoredMethod? Method)
{
    public string Id => Phone is not null ? Slot.Id() : Email is not null ? FixedIds.Email : Method?.Id ?? FixedIds.Password;

    public void Write(Utf8JsonWriter w, Call call, Site site, bool withType)
    {
        if (Phone is not null) Entity.Phone(w, Slot, Phone, new SeenMethod(call, site, withType));
        else if (Email is not null) Entity.Email(w, Email, site.Settings, withType);
        else if (Method is not null) Entity.Method(w, Method, new SeenMethod(call, site, withType));
        else Entity.Password(w, site.Settings, withType);
    }

    /// <summary>All that this version shows (v1.0 hides hardware OATH and QR codes, docs/graph.md#behaviour-of-reads).</summary>
    public static List<MethodEntry> All(UserCredentials of, bool beta)
    {
        List<MethodEntry> entries = new List<MethodEntry> { default };
        entries.AddRange(Phones(of));
        if (of.Email is not null) entries.Add(new MethodEntry(default, null, of.Email, null));
        foreach (StoredMethod method in of.Others)
            if (beta || MethodKindFacts.For(method.Kind).InV1) entries.Add(new MethodEntry(default, null, null, method));
        return entries;
    }

    public static List<MethodEntry> Phones(UserCredentials of)
    {
        List<MethodEntry> entries = new List<MethodEntry>(3);
        if (of.Mobile is not null) entries.Add(new MethodEntry(PhoneSlot.Mobile, of.Mobile, null, null));
        if (of.AlternateMobile is not null) entries.Add(new MethodEntry(PhoneSlot.AlternateMobile, of.AlternateMobile, null, null));
        if (of.Office is not null) entries.Add(new MethodEntry(PhoneSlot.Office, of.Office, null, null));
        return entries;
    }
}
