using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Engine.Migration;

/// <summary>How far an invited person is on the way from their phone, as far as it is proved (docs/retirement.md#prove).</summary>
public enum ProofState : byte
{
    /// <summary>Nothing made after the invitation counts.</summary>
    Invited,

    /// <summary>A method that counts was made after the invitation.</summary>
    Registered,

    /// <summary>Such a method was used.</summary>
    Used,

    /// <summary>The rules of cleanup let all phones go.</summary>
    PhoneRemovable,
}

/// <summary>Why someone does not get further by themselves.</summary>
public enum StallReason : byte
{
    /// <summary>Methods could not be read, so nothing is concluded.</summary>
    Unreadable,

    /// <summary>The account is disabled or never signed in.</summary>
    AccountUnused,

    /// <summary>A method that had been proved is not there any more.</summary>
    MethodGone,

    /// <summary>Nothing was registered for a while.</summary>
    NotRegistered,

    /// <summary>What was registered is not used.</summary>
    NotUsed,

    /// <summary>A rule of cleanup keeps a phone, other than its date.</summary>
    Held,
}

/// <summary>What is proved of a person.</summary>
/// <param name="State">How far they are.</param>
/// <param name="Since">Since when; of invited people the invitation.</param>
/// <param name="Stalled">Why they do not get further; null: they are on their way, or there.</param>
public sealed record PersonProof(ProofState State, DateTimeOffset Since, StallReason? Stalled);

/// <summary>Judges what is proved of a person. Pure; a state follows from what was just read, and goes back where a method is gone.</summary>
public static class Proof
{
    /// <param name="invitedAt">When the person was invited; only what was made later counts.</param>
    /// <param name="person">The person, just read; null: the person could not be read.</param>
    /// <param name="before">What was proved last time; null: nothing yet.</param>
    /// <param name="terms">Now, and settings.</param>
    public static PersonProof Next(DateTimeOffset invitedAt, MigratingPerson? person, PersonProof? before, MigrationTerms terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        if (person?.Registered is null) return (before ?? new PersonProof(ProofState.Invited, invitedAt, null)) with { Stalled = StallReason.Unreadable };
        HoldReason? held = CleanupRules.Judge(person, terms).Held;
        ProofState state = State(invitedAt, person, held, before, terms);
        DateTimeOffset since = before is { } known && known.State == state ? known.Since
            : before is null && state == ProofState.Invited ? invitedAt : terms.At;
        return new PersonProof(state, since, Stalled(state, since, person, held, before, terms));
    }

    private static ProofState State(DateTimeOffset invitedAt, MigratingPerson person, HoldReason? held, PersonProof? before, MigrationTerms terms)
    {
        MethodUse[] made = [.. (person.Registered ?? []).Where(method => (method.Kind & MethodSets.Counted) != PersonMethods.None
            && method.CreatedAt > invitedAt && method.CreatedAt <= terms.At)];
        if (made.Length == 0) return ProofState.Invited;
        bool used = made.Any(method => (method.CreatedAt is { } created && method.WasUsed(terms.At - created, terms.At))
            || person.SignedInWith(method, terms.At))
            // The log forgets after a month: what it proved stays proved while no method is newer than the proof.
            || (terms.Settings.SignIns && before is { State: >= ProofState.Used } proved && made.All(method => method.CreatedAt <= proved.Since));
        if (!used) return ProofState.Registered;
        return held is null ? ProofState.PhoneRemovable : ProofState.Used;
    }

    /// <summary>Whether what was proved is gone. A phone that may stay again is no such thing: a method may just have been unused for a while.</summary>
    private static bool IsGone(PersonProof before, ProofState state) => state == before.State
        ? before.Stalled == StallReason.MethodGone
        : state < before.State && (state < ProofState.Used || before.State < ProofState.Used);

    private static StallReason? Stalled(
        ProofState state, DateTimeOffset since, MigratingPerson person, HoldReason? held, PersonProof? before, MigrationTerms terms)
    {
        if (before is { } known && IsGone(known, state)) return StallReason.MethodGone;
        if (state == ProofState.PhoneRemovable) return null;
        if (person.Facts.Enabled == false || person.Facts is { LastSignInRead: true, LastSignIn: null }) return StallReason.AccountUnused;
        if (terms.At - since < terms.Settings.StalledAfter) return null;
        return state switch
        {
            ProofState.Invited => StallReason.NotRegistered,
            ProofState.Registered => StallReason.NotUsed,
            ProofState.Used => held?.Code == HoldCodes.NotYet ? null : StallReason.Held,
            ProofState.PhoneRemovable => null,
        };
    }
}
