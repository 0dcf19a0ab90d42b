using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Attributes;

/// <summary>
/// Changes of the phone list. A slot holds one number, so adding one to an occupied slot changes that slot. Removing the mobile's value names the
/// mobile for removal; a list that replaces all and leaves it out does not (docs/design.md#a-removed-mobile).
/// </summary>
internal sealed class PhoneDelta(string? country)
{
    /// <param name="now">What is there.</param>
    /// <param name="delta">The change.</param>
    /// <param name="note">What is to be said of it, an error where it is impossible; null: nothing.</param>
    public DesiredMethods Make(CurrentMethods now, AttributeDelta delta, out Diagnostic? note)
    {
        note = null;
        DesiredMethods desired = new();
        if (delta.ToReplace is { } list)
        {
            desired = new() { Mobile = Managed.None<PhoneNumber>(), AlternateMobile = Managed.None<PhoneNumber>(), Office = Managed.None<PhoneNumber>() };
            return With(now, desired, list);
        }

        foreach (object value in delta.ToRemove)
        {
            RefuseInvisible(value, now);
            foreach (PhoneType type in Enum.GetValues<PhoneType>())
            {
                if (Names(value, now, type)) desired = desired.With(type, Managed.None<PhoneNumber>());
            }
        }

        return MobileRemoval.OfUser(With(now, desired, delta.ToAdd), now, out note);
    }

    private DesiredMethods With(CurrentMethods now, DesiredMethods desired, ImmutableArray<object> list)
    {
        Dictionary<PhoneType, PhoneNumber> seen = [];
        foreach (object value in list)
        {
            // A stored text that does not parse may be handed back as it is: that slot is left alone.
            if (Unreadable(value, now) is { } kept)
            {
                desired = desired.With(kept, default);
                continue;
            }

            PhoneEntry entry = HandedBack(value, now) ?? Read(value);
            if (seen.TryGetValue(entry.Type, out PhoneNumber other)
                && other != entry.Number) throw AttributeDeltaTranslator.Bad(AttributeNames.Phones,
                    $"two numbers for {PhoneTypes.Name(entry.Type)}, but it holds one");
            seen[entry.Type] = entry.Number;
            desired = desired.With(entry.Type, Managed.Value(entry.Number));
        }

        return desired;
    }

    private PhoneEntry Read(object value) => value is string text
        ? PhoneEntryReader.Read(text, country).TryGet(out PhoneEntry entry, out PhoneRefusal? refusal) ? entry : throw Refused(refusal)
        : throw AttributeDeltaTranslator.Bad(AttributeNames.Phones,
            "its values are texts, number:type, such as \"+1 2065550100:mobile\"; neither numbers nor objects");

    private static InvalidAttributeValueException Refused(PhoneRefusal refusal) =>
        new($"'{AttributeNames.Phones}': {refusal.Message}")
        {
            Code = refusal.Code == PhoneRefusalCode.InvisibleCharacter
        ? InvisibleCharacter.Code : "invalidPhone"
        };

    // A number that looks like the one that is there, and is not it, must not pass for one that is gone already.
    private void RefuseInvisible(object value, CurrentMethods now)
    {
        if (Unreadable(value, now) is null && value is string text && !PhoneEntryReader.Read(text, country).TryGet(out _, out PhoneRefusal? refusal)
            && refusal.Code == PhoneRefusalCode.InvisibleCharacter) throw Refused(refusal);
    }

    private bool Names(object value, CurrentMethods now, PhoneType type) =>
        Unreadable(value, now) == type
        || (value is string text && PhoneEntryReader.TryReadKept(text, country, out PhoneEntry entry) && entry.Type == type && now[type].Holds(entry.Number));

    // What the user has may be handed back in the form in which it is read, also where a source may not write it.
    private static PhoneEntry? HandedBack(object value, CurrentMethods now) =>
        value is string text && PhoneEntryReader.TryReadKept(text, null, out PhoneEntry entry) && now[entry.Type].Holds(entry.Number)
        && text.StartsWith(entry.Number.Canonical() + ":", StringComparison.Ordinal) ? entry : null;

    private static PhoneType? Unreadable(object value, CurrentMethods now)
    {
        foreach (PhoneType type in Enum.GetValues<PhoneType>())
        {
            if (now[type].Unreadable is { } kept && value is string text && text.StartsWith(kept + ":", StringComparison.Ordinal)
                && PhoneTypes.TryParse(text.AsSpan(kept.Length + 1), out PhoneType named) && named == type) return type;
        }

        return null;
    }
}
