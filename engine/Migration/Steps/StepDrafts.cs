using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>From a person to the row of a step: what it wants of them, or why it wants nothing. Pure.</summary>
internal static class StepDrafts
{
    /// <summary>The authoritative list still wants what is removed.</summary>
    public const string ListWantsPhone = "listWantsPhone";

    private static readonly PhoneType[] Slots = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];

    public static SourceRow NotRead(SourceRow row) => Held(row, Part.Phones, CleanupHolds.MethodsUnknown);

    /// <summary>The phones that may go. Where some have to stay, a warning says why, because what a plan holds it holds as a whole.</summary>
    public static SourceRow Cleanup(SourceRow row, MigratingPerson person, MigrationTerms terms, SourcePhone listed)
    {
        if (person.Registered is null) return Held(row, Part.Phones, CleanupHolds.MethodsUnknown);
        CleanupVerdict verdict = CleanupRules.Judge(person, terms);
        PhoneType[] phones = [.. Slots.Where(slot => person.Methods.HasFlag(MethodSets.From(slot)))];
        PhoneType[] going = [.. phones.Where(phone => verdict.For(phone) is null)];
        if (going.Length == 0) return verdict.Held is { } all && phones.Length > 0 ? Held(row, Part.Phones, all) : row;
        ImmutableArray<Diagnostic> notes = [];
        if (phones.Length > going.Length && verdict.Held is { } some)
        {
            notes = notes.Add(Diagnostic.Warning(some.Code, some.Message, row.Place));
        }

        if (listed is SourcePhone.Same or SourcePhone.Differs)
        {
            notes = notes.Add(Diagnostic.Warning(ListWantsPhone,
                "The authoritative list still has phones of this person. With policy Phones: Retired the next run of the list does not "
                + "bring them back.", row.Place));
        }

        return row with
        {
            Desired = going.Aggregate(row.Desired, static (desired, phone) => desired.With(phone, Managed.None<PhoneNumber>())),
            Diagnostics = notes,
        };
    }

    /// <summary>Another default, and the end of SMS sign-in, each where it may be.</summary>
    public static SourceRow Default(SourceRow row, MigratingPerson person, MigrationTerms terms, DefaultMethod now)
    {
        DesiredMethods desired = row.Desired;
        List<HeldPart> held = [];
        if (now.Knowledge is DefaultMethodKnowledge.Unreadable or DefaultMethodKnowledge.NotRead)
        {
            held.Add(CleanupHolds.DefaultUnknown.On(Part.PreferredMethod));
        }
        else if (DefaultRules.IsPhone(now))
        {
            if (DefaultRules.Preferred(person, now, terms) is { } next) desired = desired with { Preferred = next };
            else held.Add(CleanupHolds.NoOtherDefault.On(Part.PreferredMethod));
        }

        if (person.Facts.SmsSignIn == true)
        {
            if (DefaultRules.KeepsSmsSignIn(person, terms) is { } stays) held.Add(stays.On(Part.SmsSignIn));
            else desired = desired with { SmsSignIn = false };
        }

        return row with { Desired = desired, Condition = new RowCondition { Lost = [.. held] } };
    }

    private static SourceRow Held(SourceRow row, Part part, HoldReason why) => row with { Condition = new RowCondition { Lost = [why.On(part)] } };
}
