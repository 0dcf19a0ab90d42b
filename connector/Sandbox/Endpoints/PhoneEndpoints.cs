using System.Text.Json;
using ProvisioningConnector.Sandbox.Filters;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Endpoints;

internal static class PhoneReads
{
    public static Answer List(Call call, Site site)
    {
        List<MethodEntry> entries = MethodEntry.Phones(MethodEndpoints.Seen(call, site));
        if (call.Query["filter"] is { } text)
            try
            {
                Filter filter = FilterParser.Parse(text);
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
        PhoneSlot slot = PhoneWrites.Slot(call);
        return MethodEndpoints.Seen(call, site).Phone(slot) is { } phone
            ? MethodCollection.Entity(call, site, "phoneMethods", new MethodEntry(slot, phone, null, null), site.Settings.TypeInTypedCollections)
            : Refusal.Create(call, site, site.Settings.Errors.MissingMethod, slot.Id());
    }

    private static string? Value(MethodEntry entry, string property) => property switch
    {
        "id" => entry.Id,
        "phoneType" => entry.Slot.WireName(),
        "phoneNumber" => entry.Phone?.Number,
        _ => throw new FilterException($"Could not find a property named '{property}'."),
    };
}

/// <summary>The phone operations with every rule of docs/graph.md#phone-constraints.</summary>
internal static class PhoneWrites
{
    public static PhoneSlot Slot(Call call) =>
        PhoneSlots.FromId(call.Segments[4]) ?? throw new InvalidOperationException("The route has no slot.");

    public static Answer Create(Call call, Site site)
    {
        ServiceErrors errors = site.Settings.Errors;
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        if (PhoneSlots.FromWireName(body.Text("phoneType")) is not { } slot)
            return Refusal.Create(call, site, 400, "badRequest", "The property phoneType is missing or has a value that is not known.");
        Credentials now = call.User.Credentials;
        if (site.Settings.PhonePolicy == PhonePolicy.OffRefused) return Refusal.Create(call, site, errors.PhonePolicyOff);
        if (Numbers.Accept(body.Text("phoneNumber"), slot, site.Settings) is not { } number) return Refusal.Create(call, site, errors.BadNumber);
        if (now.Phone(slot) is not null) return Refusal.Create(call, site, errors.OccupiedType, slot.WireName());
        if (slot == PhoneSlot.AlternateMobile && now.Mobile is null) return Refusal.Create(call, site, errors.AlternateWithoutMobile);
        if (InAnotherSlot(now, slot, number, site.Settings)) return Refusal.Create(call, site, errors.SameNumber);

        StoredPhone phone = Stored(call, site, slot, number);
        Credentials next = now.With(slot, phone);
        bool becomesDefault = site.Settings.FirstPhoneBecomesDefault switch
        {
            FirstPhoneDefault.WhenNone => next.Default is null,
            FirstPhoneDefault.Never => false,
            FirstPhoneDefault.Always => now is { Mobile: null, Office: null },
        };
        site.Write(call, becomesDefault ? next with { Default = DefaultMethods.For(slot) } : next);
        return NotUnique(call, site, phone)
            ?? MethodCollection.Entity(call, site, "phoneMethods", new MethodEntry(slot, phone, null, null), site.Settings.TypeInTypedCollections, 201);
    }

    public static Answer Update(Call call, Site site)
    {
        (PhoneSlot slot, ServiceErrors? errors, Credentials? now) = (Slot(call), site.Settings.Errors, call.User.Credentials);
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        if (now.Phone(slot) is not { } old) return Refusal.Create(call, site, errors.MissingMethod, slot.Id());
        if (body.Text("phoneType") is { } type && PhoneSlots.FromWireName(type) != slot && site.Settings.OtherTypeInPatch == Tolerance.Refuse)
            return Refusal.Create(call, site, errors.OtherType);
        string sent = body.Text("phoneNumber") ?? old.Number;
        if (Numbers.Accept(sent, slot, site.Settings) is not { } number) return Refusal.Create(call, site, errors.BadNumber);
        if (InAnotherSlot(now, slot, number, site.Settings)) return Refusal.Create(call, site, errors.SameNumber);

        StoredPhone phone = Stored(call, site, slot, number);
        Credentials next = now.With(slot, phone with { Created = old.Created });
        site.Write(call, site.Settings.PatchMovesDefault ? next with { Default = DefaultMethods.For(slot) } : next);
        if (NotUnique(call, site, phone) is { } conflict) return conflict;
        return call.Beta
            ? MethodCollection.Entity(call, site, "phoneMethods", new MethodEntry(slot, phone, null, null), site.Settings.TypeInTypedCollections)
            : Answer.NoContent();
    }

    public static Answer Delete(Call call, Site site)
    {
        (PhoneSlot slot, ServiceErrors? errors, Credentials? now) = (Slot(call), site.Settings.Errors, call.User.Credentials);
        if (now.Phone(slot) is null) return Refusal.Create(call, site, errors.MissingMethod, slot.Id());
        if (slot == PhoneSlot.Mobile && now.AlternateMobile is not null) return Refusal.Create(call, site, errors.MobileUnderAlternate);
        if (Removal.OfDefault(now, slot.Id(), site.Settings)) return Refusal.Create(call, site, errors.DefaultMethod, slot.Id());
        site.Write(call, Removal.Settled(now.With(slot, null)));
        return Answer.NoContent();
    }

    private static StoredPhone Stored(Call call, Site site, PhoneSlot slot, string number) => new(number,
        slot == PhoneSlot.Mobile ? SmsSignIn.Registered(call.User, number, site.Tenant) : SmsSignInState.NotSupported, site.Now);

    // Saved all the same: only the registration for sign-in failed (docs/graph.md#duplicate-numbers).
    private static Answer? NotUnique(Call call, Site site, StoredPhone phone) =>
        phone.SmsSignIn == SmsSignInState.PhoneNumberNotUnique ? Refusal.Create(call, site, site.Settings.Errors.SmsNotUnique) : null;

    private static bool InAnotherSlot(Credentials now, PhoneSlot slot, string number, SandboxSettings settings) =>
        settings.SameNumberInTwoSlots == Tolerance.Refuse
        && Enum.GetValues<PhoneSlot>().Any(other => other != slot && now.Phone(other) is { } phone && Numbers.Same(phone.Number, number));
}
