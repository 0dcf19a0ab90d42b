using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Actions;

/// <summary>What was read of a person who cannot get in. What could not be read is null.</summary>
public sealed record RescueFacts
{
    public AccountKind Kind { get; init; }

    /// <summary>Whether all signs agree on <see cref="Kind"/>.</summary>
    public bool KindIsCertain { get; init; } = true;

    public bool? Enabled { get; init; }

    /// <summary>Whether the tenant's policy lets the person sign in with a pass.</summary>
    public bool? InPolicy { get; init; }

    /// <summary>Least and most minutes of the tenant's policy.</summary>
    public int? Shortest { get; init; }

    public int? Longest { get; init; }

    /// <summary>Whether the person holds, or may activate, a directory role.</summary>
    public bool? Privileged { get; init; }

    /// <summary>Ids of the passes that the person has.</summary>
    public ImmutableArray<string> Passes { get; init; } = [];
}

/// <summary>What the person at the terminal asks for.</summary>
/// <param name="Minutes">How long the pass is valid; null: <see cref="RescueRules.Longest"/>, or less where the policy says so.</param>
/// <param name="Replace">Whether a pass that someone else issued may be replaced.</param>
public sealed record RescueTerms(int? Minutes, bool Replace);

/// <summary>Whether a person may get a pass at the helpdesk, and for how long (docs/retirement.md#rescue). Pure.</summary>
public static class RescueRules
{
    /// <summary>Most minutes of a pass.</summary>
    public const int Longest = 60;

    /// <summary>Minutes of the pass; meaningless where <see cref="Refusal"/> refuses.</summary>
    public static int Minutes(RescueTerms terms, RescueFacts facts)
    {
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(facts);
        return terms.Minutes ?? Math.Min(Longest, facts.Longest ?? Longest);
    }

    /// <summary>Why the person gets none; null: they may.</summary>
    /// <param name="facts">What was just read.</param>
    /// <param name="terms">What is asked for.</param>
    /// <param name="known">Hand-overs that this program remembers.</param>
    /// <param name="approved">Whether a second person agreed.</param>
    public static Diagnostic? Refusal(RescueFacts facts, RescueTerms terms, IEnumerable<HandOver> known, bool approved)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(known);
        return Account(facts) ?? Policy(facts) ?? Lifetime(facts, Minutes(terms, facts)) ?? Replaced(facts, terms, known) ?? Role(facts, approved);
    }

    private static Diagnostic? Account(RescueFacts facts)
    {
        if (!facts.KindIsCertain) return Refused("Whether the person belongs to this tenant is not certain: name, identities and invitation do not agree.",
            "Look at the account in the Entra admin center.");
        if (facts.Kind is AccountKind.ExternalGuest or AccountKind.ExternalMember) return Refused("The person belongs to another organisation.",
            "Their own organisation helps them in.");
        return facts.Enabled switch
        {
            true => null,
            false => Refused("The account is disabled, so a pass would be of no use.", "Enable the account first, where that is right."),
            null => Refused("Whether the account is enabled could not be read.", "Grant User.Read.All."),
        };
    }

    private static Diagnostic? Policy(RescueFacts facts) => facts.InPolicy switch
    {
        true => null,
        false => Refused("The tenant's policy does not let the person sign in with a temporary access pass; one could be issued, and would not work.",
            "Add the person to a group of the policy TemporaryAccessPass."),
        null => Refused("Whether the tenant's policy lets the person sign in with a temporary access pass could not be read.",
            "Grant Policy.Read.AuthenticationMethod and GroupMember.Read.All."),
    };

    private static Diagnostic? Lifetime(RescueFacts facts, int minutes)
    {
        if (minutes is < PassRequest.Shortest or > Longest) return Refused(
            FormattableString.Invariant($"A pass is valid {PassRequest.Shortest} to {Longest} minutes here, and {minutes} are asked for."),
            "Change --minutes.");
        bool fits = minutes >= (facts.Shortest ?? PassRequest.Shortest) && minutes <= (facts.Longest ?? Longest);
        return fits ? null : Refused(FormattableString.Invariant(
            $"The tenant's policy allows passes of {facts.Shortest} to {facts.Longest} minutes, not of {minutes}."),
            FormattableString.Invariant($"Change --minutes; where the policy's least is more than {Longest}, have it changed."));
    }

    private static Diagnostic? Replaced(RescueFacts facts, RescueTerms terms, IEnumerable<HandOver> known)
    {
        if (terms.Replace) return null;
        HandOver[] ours = [.. known];
        return facts.Passes.All(pass => ours.Any(one => one.Is(pass))) ? null : Diagnostic.Error("passNotOurs",
            "The person has a temporary access pass that this program did not issue; a new one would replace it. "
            + "Find out who issued it and why, then add --replace.");
    }

    private static Diagnostic? Role(RescueFacts facts, bool approved)
    {
        if (approved || facts.Privileged == false) return null;
        string who = facts.Privileged is null ? "Directory roles could not be read, so the person may have one." : "The person has a directory role.";
        return Diagnostic.Error("approvalMissing",
            $"{who} A second person must agree first, with: provision migrate rescue USER --approve --ticket T --reason TEXT.");
    }

    private static Diagnostic Refused(string what, string todo) => Diagnostic.Error("rescueRefused", $"{what} {todo}");
}
