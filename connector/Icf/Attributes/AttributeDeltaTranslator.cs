using System.Collections.Immutable;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Attributes;

/// <summary>What attribute changes want, worked out from what is there. Absent leaves alone; no value clears (docs/openidm.md#in-short and
/// docs/openidm.md#put).</summary>
/// <param name="deltas">The changes, each attribute once.</param>
/// <param name="country">The tenant's country for national numbers; null for none.</param>
/// <param name="password">The request for the password that is written; null where none is.</param>
/// <param name="echo">What an attribute would be read as now, in all the ways it may have been handed out.</param>
internal sealed class AttributeDeltaTranslator(
    ImmutableArray<(UserAttribute Attribute, AttributeDelta Delta)> deltas, string? country, PasswordResetRequest? password,
    Func<CurrentMethods, UserAttribute, ImmutableArray<object>[]> echo)
{
    /// <summary>Kinds that are removed, so that a reading has to show them.</summary>
    public KindSet RemovedKinds => deltas.Aggregate(KindSet.None, static (kinds, d) => d.Attribute.Removes is { } kind ? kinds | KindSets.From(kind) : kinds);

    public bool NeedsDefault => deltas.Any(d => d.Attribute.Role == AttributeRole.PreferredMethod);

    public DesiredChange Make(CurrentMethods now)
    {
        ImmutableArray<Diagnostic>.Builder notes = ImmutableArray.CreateBuilder<Diagnostic>();
        DesiredMethods desired = new();
        foreach ((UserAttribute attribute, AttributeDelta delta) in deltas)
        {
            desired = Merge(desired, One(now, attribute, delta, notes));
        }

        return notes.Any(static n => n.Severity == Severity.Error)
            ? new DesiredChange.Invalid(notes.ToImmutable())
            : new DesiredChange.Valid(desired) { Notes = notes.ToImmutable() };
    }

    private DesiredMethods One(CurrentMethods now, UserAttribute attribute, AttributeDelta delta, ImmutableArray<Diagnostic>.Builder notes)
    {
        try
        {
            return attribute.Role switch
            {
                AttributeRole.Account => new DesiredMethods(),
                AttributeRole.Methods => Echoed(now, attribute, delta),
                AttributeRole.Phones => Phones(now, delta, notes),
                AttributeRole.Email => new DesiredMethods { Email = Email(now, delta) },
                AttributeRole.SmsSignIn => SmsSignIn(now, attribute, delta),
                AttributeRole.PreferredMethod => Preferred(now, attribute, delta),
                AttributeRole.Password => Password(now, attribute, notes),
                AttributeRole.Remove => Removed(attribute, delta),
            };
        }
        catch (InvalidAttributeValueException problem)
        {
            notes.Add(Diagnostic.Error(problem.Code ?? "invalidValue", problem.Message));
            return new DesiredMethods();
        }
    }

    private DesiredMethods Phones(CurrentMethods now, AttributeDelta delta, ImmutableArray<Diagnostic>.Builder notes)
    {
        DesiredMethods desired = new PhoneDelta(country).Make(now, delta, out Diagnostic? note);
        if (note is not null) notes.Add(note);
        return desired;
    }

    private static DesiredMethods Merge(DesiredMethods left, DesiredMethods right) => new()
    {
        Mobile = right.Mobile.IsManaged ? right.Mobile : left.Mobile,
        AlternateMobile = right.AlternateMobile.IsManaged ? right.AlternateMobile : left.AlternateMobile,
        Office = right.Office.IsManaged ? right.Office : left.Office,
        Email = right.Email.IsManaged ? right.Email : left.Email,
        Removals = [.. left.Removals.Concat(right.Removals).OrderBy(r => r.Kind)],
        SmsSignIn = right.SmsSignIn ?? left.SmsSignIn,
        Preferred = right.Preferred ?? left.Preferred,
        Password = right.Password ?? left.Password,
    };

    private DesiredMethods Echoed(CurrentMethods now, UserAttribute attribute, AttributeDelta delta)
    {
        // What a client hands back unchanged is no change.
        if (delta.ToReplace is { } values && echo(now, attribute).Any(e => ValueLists.AreSame(e, values))) return new DesiredMethods();
        throw new InvalidAttributeValueException($"'{attribute.Name}' is read only, and the value sent is not the stored one. "
            + $"Leave it out.")
        { Code = "readOnly" };
    }

    private static Managed<string> Email(CurrentMethods now, AttributeDelta delta)
    {
        ImmutableArray<object> wanted = delta.ToReplace ?? delta.ToAdd;
        if (wanted.Length > 1) throw Bad(AttributeNames.Email, "it takes one address");
        if (wanted.IsEmpty)
        {
            bool clears = delta.ToReplace is not null || delta.ToRemove.OfType<string>().Any(address => now.Email?.Holds(address) == true);
            return clears ? Managed.None<string>() : default;
        }

        // What the tenant holds may be handed back as it is.
        if (wanted[0] is string same && now.Email?.Holds(same) == true) return Managed.Value(same);
        return wanted[0] is string text && IsAddress(text = Seen(AttributeNames.Email, text))
            ? Managed.Value(text) : throw Bad(AttributeNames.Email, "it is not a valid e-mail address; null removes the method");
    }

    /// <summary>The text without blanks and invisible characters around it.</summary>
    /// <exception cref="InvalidAttributeValueException">One stands inside it.</exception>
    internal static string Seen(string attribute, string text) => InvisibleCharacters.Find(text) is { } sign
        ? throw new InvalidAttributeValueException($"'{attribute}' has a value with {sign}. Remove it, or type the value again instead of "
            + $"pasting it.")
        { Code = InvisibleCharacter.Code }
        : InvisibleCharacters.Trim(text);

    private static bool IsAddress(string text)
    {
        int at = text.LastIndexOf('@');
        return at > 0 && at < text.Length - 1 && text.Length <= 254 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '•' or '*');
    }

    private DesiredMethods SmsSignIn(CurrentMethods now, UserAttribute attribute, AttributeDelta delta) => SingleOf(now, attribute, delta) switch
    {
        null => new DesiredMethods(),
        bool on => new DesiredMethods { SmsSignIn = on },
        string text when Seen(attribute.Name, text).ToLowerInvariant() is "on" or "true" => new DesiredMethods { SmsSignIn = true },
        string text when Seen(attribute.Name, text).ToLowerInvariant() is "off" or "false" => new DesiredMethods { SmsSignIn = false },
        _ => throw Bad(attribute.Name, "write true or false"),
    };

    private DesiredMethods Preferred(CurrentMethods now, UserAttribute attribute, AttributeDelta delta) => SingleOf(now, attribute, delta) switch
    {
        null => new DesiredMethods(),
        string text when PreferredMethods.TryParse(Seen(attribute.Name, text), out PreferredMethod method) => new DesiredMethods { Preferred = method },
        _ => throw Bad(attribute.Name, "write one of push, oath, sms, voiceMobile, voiceAlternateMobile, voiceOffice"),
    };

    /// <summary>The single value; null where what is read is handed back.</summary>
    private object? SingleOf(CurrentMethods now, UserAttribute attribute, AttributeDelta delta)
    {
        ImmutableArray<object> wanted = delta.ToReplace ?? delta.ToAdd;
        if (echo(now, attribute).Any(e => ValueLists.AreSame(e, wanted))) return null;
        if (wanted.Length == 1) return wanted[0];
        throw Bad(attribute.Name, wanted.IsEmpty ? "it cannot be cleared" : "it takes one value");
    }

    /// <summary>The same plan as that of the action.</summary>
    private DesiredMethods Password(CurrentMethods now, UserAttribute attribute, ImmutableArray<Diagnostic>.Builder notes)
    {
        if (password is null) throw Bad(attribute.Name, "it takes the new password and cannot be cleared; leave it out");
        if (ActionDesires.For(new UserAction.ResetPassword(password), now, MethodPolicies.NotRead) is not DesiredChange.Valid valid)
        {
            throw new InvalidOperationException("A password can always be requested.");
        }

        notes.AddRange(valid.Notes);
        return valid.Desired;
    }

    private static DesiredMethods Removed(UserAttribute attribute, AttributeDelta delta)
    {
        MethodKind kind = attribute.Removes ?? throw new InvalidOperationException("Removes nothing.");
        ImmutableArray<object> wanted = delta.ToReplace ?? delta.ToAdd;
        if (!delta.ToRemove.IsEmpty) throw Bad(attribute.Name, "ids are written to it, not removed from it");
        string[] ids = [.. wanted.Select(v => v is string text ? Seen(attribute.Name, text) : "")];
        if (ids.Any(id => id.Length == 0 || id.Contains(' ', StringComparison.Ordinal))) throw Bad(attribute.Name,
            "it takes ids of methods, as authenticationMethods shows them");
        if (ids.FirstOrDefault(id => MissingValueWords.Is(id)) is { } word)
        {
            throw new InvalidAttributeValueException($"'{attribute.Name}': '{word}' is what programs write where a value is missing, and not an id. Leave the "
                + $"attribute out.")
            { Code = MissingValueWords.Code };
        }

        // No id removes nothing. It must never become "all of the kind", which is what no id means to the engine.
        return wanted.IsEmpty ? new DesiredMethods()
            : new DesiredMethods { Removals = [new Removal(kind, [.. ids.Distinct(StringComparer.OrdinalIgnoreCase)])] };
    }

    internal static InvalidAttributeValueException Bad(string attribute, string why) =>
        new($"'{attribute}' has a value that cannot be used: {why}.") { Code = "invalidValue" };
}
