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
                ODataFilter filter = ODataFilterParser.Parse(text);
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
        SlotNames.FromId(call.Segments[4]) ?? throw new InvalidOperationException("The route has no slot.");

    public static Answer Create(Call call, Site site)
    {
        ErrorAnswers errors = site.Settings.Errors;
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        if (SlotNames.FromWireName(body.Text("phoneType")) is not { } slot)
            return Refusal.Create(call, site, 400, "badRequest", "The property phoneType is missing or has a value that is not known.");
        UserCredentials now = call.User.Credentials;
        if (site.Settings.PhonePolicy == PhonePolicy.OffRefused) return Refusal.Create(call, site, errors.PhonePolicyOff);
        if (NumberFormat.Accept(body.Text("phoneNumber"), slot, site.Settings) is not { } number) return Refusal.Create(call, site, errors.BadNumber);
        if (now.Phone(slot) is not null) return Refusal.Create(call, site, errors.OccupiedType, slot.WireName());
        if (slot == PhoneSlot.AlternateMobile && now.Mobile is null) return Refusal.Create(call, site, errors.AlternateWithoutMobile);
        if (InAnotherSlot(now, slot, number, site.Settings)) return Refusal.Create(call, site, errors.SameNumber);

        StoredPhone phone = Stored(call, site, slot, number);
        UserCredentials next = now.With(slot, phone);
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
        (PhoneSlot slot, ErrorAnswers? errors, UserCredentials? now) = (Slot(call), site.Settings.Errors, call.User.Credentials);
        using JsonDocument? body = call.ReadBody();
        if (body is null) return Refusal.BadBody(call, site);
        if (now.Phone(slot) is not { } old) return Refusal.Create(call, site, errors.MissingMethod, slot.Id());
        if (body.Text("phoneType") is { } type && SlotNames.FromWireName(type) != slot && site.Settings.OtherTypeInPatch == Tolerance.Refuse)
            return Refusal.Create(call, site, errors.OtherType);
        string sent = body.Text("phoneNumber") ?? old.Number;
        if (NumberFormat.Accept(sent, slot, site.Settings) is not { } number) return Refusal.Create(call, site, errors.BadNumber);
        if (InAnotherSlot(now, slot, number, site.Settings)) return Refusal.Create(call, site, errors.SameNumber);

        StoredPhone phone = Stored(call, site, slot, number);
        UserCredentials next = now.With(slot, phone with { Created = old.Created });
        site.Write(call, site.Settings.PatchMovesDefault ? next with { Default = DefaultMethods.For(slot) } : next);
        if (NotUnique(call, site, phone) is { } conflict) return conflict;
        return call.Beta
            ? MethodCollection.Entity(call, site, "phoneMethods", new MethodEntry(slot, phone, null, null), site.Settings.TypeInTypedCollections)
            : Answer.NoContent();
    }

    public static Answer Delete(Call call, Site site)
    {
        (PhoneSlot slot, ErrorAnswers? errors, UserCredentials? now) = (Slot(call), site.Settings.Errors, call.User.Credentials);
        if (now.Phone(slot) is null) return Refusal.Create(call, site, errors.MissingMethod, slot.Id());
        if (slot == PhoneSlot.Mobile && now.AlternateMobile is not null) return Refusal.Create(call, site, errors.MobileUnderAlternate);
        if (DefaultMethodRemoval.OfDefault(now, slot.Id(), site.Settings)) return Refusal.Create(call, site, errors.DefaultMethod, slot.Id());
        site.Write(call, DefaultMethodRemoval.Settled(now.With(slot, null)));
        return Answer.NoContent();
    }

    private static StoredPhone Stored(Call call, Site site, PhoneSlot slot, string number) => new(number,
        slot == PhoneSlot.Mobile ? SmsSignIn.Registered(call.User, number, site.Tenant) : StoredSmsState.NotSupported, site.Now);

    // Saved all the same: only the registration for sign-in failed (docs/graph.md#duplicate-numbers).
    private static Answer? NotUnique(Call call, Site site, StoredPhone phone) =>
        phone.SmsSignIn == StoredSmsState.PhoneNumberNotUnique ? Refusal.Create(call, site, site.Settings.Errors.SmsNotUnique) : null;

    private static bool InAnotherSlot(UserCredentials now, PhoneSlot slot, string number, SandboxSettings settings) =>
        settings.SameNumberInTwoSlots == Tolerance.Refuse
        && Enum.GetValues<PhoneSlot>().Any(other => other != slot && now.Phone(other) is { } phone && NumberFormat.Same(phone.Number, number));
}
