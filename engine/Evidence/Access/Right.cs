using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Engine.Evidence.Access;

/// <summary>What a caller of the facade may do in a tenant. A name, once stored, stays.</summary>
public enum Right : byte
{
    /// <summary>Read users and methods, numbers masked.</summary>
    Read,

    /// <summary>Read numbers and addresses in full.</summary>
    ReadFull,

    /// <summary>Dry runs and analyses.</summary>
    Plan,

    /// <summary>Set and remove phone methods.</summary>
    Phones,

    /// <summary>Set and remove the e-mail method.</summary>
    Email,

    /// <summary>Remove other methods.</summary>
    Remove,

    /// <summary>Switch SMS sign-in.</summary>
    SmsSignIn,

    /// <summary>Set passwords.</summary>
    Password,

    /// <summary>Issue temporary access passes.</summary>
    Tap,

    /// <summary>Open a guardrail for a number and a time.</summary>
    Approve,

    /// <summary>Read the chain of evidence.</summary>
    Audit,

    /// <summary>Receive whose methods changed.</summary>
    LiveSync,

    /// <summary>Read who is affected when Microsoft's SMS and voice end; phone numbers are no part of it.</summary>
    Readiness,
}

/// <summary>Rights by name.</summary>
public static class Rights
{
    public static ImmutableArray<Right> All { get; } = [.. Enum.GetValues<Right>()];

    /// <summary>
    /// What a key gets that names no rights: what an identity-management platform needs to keep numbers and addresses right.
    /// <c>remove</c>, <c>password</c> and <c>tap</c> cannot be taken back and must be named;
    /// <c>approve</c> and <c>audit</c> are for other people than those who write, <c>liveSync</c> is for the one platform that synchronises,
    /// <c>readiness</c> for those who help people through the retirement.
    /// </summary>
    public static ImmutableArray<Right> Standard { get; } = [Right.Read, Right.ReadFull, Right.Plan, Right.Phones, Right.Email, Right.SmsSignIn];

    /// <summary>As it is written on the command line and in configurations, such as <c>smsSignIn</c>.</summary>
    public static string Name(this Right right) => right switch
    {
        Right.Read => "read",
        Right.ReadFull => "readFull",
        Right.Plan => "plan",
        Right.Phones => "phones",
        Right.Email => "email",
        Right.Remove => "remove",
        Right.SmsSignIn => "smsSignIn",
        Right.Password => "password",
        Right.Tap => "tap",
        Right.Approve => "approve",
        Right.Audit => "audit",
        Right.LiveSync => "liveSync",
        Right.Readiness => "readiness",
    };

    /// <summary>Reads a list such as <c>read,plan</c>; case does not matter.</summary>
    /// <param name="text">Names separated by commas.</param>
    /// <param name="rights">What was named, in order, each once.</param>
    /// <param name="problem">What is wrong, with the nearest right name; empty when nothing is.</param>
    public static bool TryReadList(string text, out ImmutableArray<Right> rights, out string problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        ImmutableSortedSet<Right>.Builder found = ImmutableSortedSet.CreateBuilder<Right>();
        List<string> wrong = [];
        foreach (string name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Right? right = All.Select(r => (Right?)r).FirstOrDefault(r => r is { } known && known.Name().Equals(name, StringComparison.OrdinalIgnoreCase));
            if (right is { } one) found.Add(one);
            else wrong.Add(Unknown(name));
        }

        if (found.Count == 0 && wrong.Count == 0) wrong.Add($"No right is named. Possible: {string.Join(", ", All.Select(Name))}.");
        (rights, problem) = ([.. found], string.Join(" ", wrong));
        return wrong.Count == 0;
    }

    private static string Unknown(string name) => Spelling.Nearest(name, All.Select(Name)) is { } nearest
        ? $"There is no right '{name}'. Did you mean '{nearest}'?"
        : $"There is no right '{name}'. Possible: {string.Join(", ", All.Select(Name))}.";
}
