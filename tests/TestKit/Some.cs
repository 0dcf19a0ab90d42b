using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.TestKit;

/// <summary>
/// Makes users and desired states for tests; write only what matters: <c>Some.User.Mobile("+1 2065550100")</c>,
/// <c>Some.Desired.Office("none")</c>.
/// </summary>
public static class Some
{
    /// <summary>A user without any method.</summary>
    public static CurrentMethods User => CurrentMethods.Nothing;

    /// <summary>A source without any opinion.</summary>
    public static DesiredMethods Desired => new();

    /// <summary>An authoritative list of <c>number:type</c> with the type written <c>mobile</c>,
    /// <c>alternateMobile</c> or <c>office</c>; slots that are not listed are to be empty.</summary>
    public static DesiredMethods List(params string[] entries)
    {
        DesiredMethods desired = Desired.Mobile("none").AlternateMobile("none").Office("none");
        foreach (string entry in entries)
        {
            int colon = entry.LastIndexOf(':');
            PhoneType type = Enum.Parse<PhoneType>(entry[(colon + 1)..].Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
            desired = desired.With(type, Managed.Value(Number(entry[..colon])));
        }

        return desired;
    }

    /// <summary>A number as a source writes it.</summary>
    public static PhoneNumber Number(string text) =>
        PhoneNumberReader.TryReadGraph(text, out PhoneNumber number) ? number : throw new ArgumentException("Not a phone number.", nameof(text));

    /// <summary>A method that is neither phone nor e-mail; the id is the kind's name and a running number.</summary>
    public static AuthenticationMethod Method(MethodKind kind, int number = 1) => new(kind, FormattableString.Invariant($"{kind.Name()}-{number}"));
}

/// <summary>What a user has.</summary>
public static class SomeCurrent
{
    public static CurrentMethods Mobile(this CurrentMethods user, string text) => user with { Mobile = CurrentSlot.FromGraph(text) };

    public static CurrentMethods AlternateMobile(this CurrentMethods user, string text) => user with { AlternateMobile = CurrentSlot.FromGraph(text) };

    public static CurrentMethods Office(this CurrentMethods user, string text) => user with { Office = CurrentSlot.FromGraph(text) };

    public static CurrentMethods Email(this CurrentMethods user, string address) => user with { Email = new CurrentEmail("email-1", address) };

    public static CurrentMethods SmsSignIn(this CurrentMethods user, SmsSignInState state) => user with { SmsSignIn = state };

    public static CurrentMethods Default(this CurrentMethods user, PreferredMethod method) => user with { Default = DefaultMethod.From(method) };

    public static CurrentMethods Default(this CurrentMethods user, DefaultMethod known) => user with { Default = known };

    /// <summary>The same user seen by a reading that says nothing of these kinds.</summary>
    public static CurrentMethods Unread(this CurrentMethods user, KindSet kinds) => user with
    {
        Unread = kinds,
        Others = user.Others.RemoveAll(m => kinds.Has(m.Kind)),
        Email = kinds.HasEmail() ? null : user.Email,
    };

    /// <summary>Adds methods of these kinds, one each or several of a kind that is named several times.</summary>
    public static CurrentMethods With(this CurrentMethods user, params MethodKind[] kinds)
    {
        ImmutableArray<AuthenticationMethod> others = user.Others;
        foreach (MethodKind kind in kinds) others = others.Add(Some.Method(kind, others.Count(m => m.Kind == kind) + 1));
        KindSet shown = kinds.Aggregate(KindSet.None, static (all, kind) => all | KindSets.From(kind));
        return user with { Unread = user.Unread & ~shown, Others = [.. others.OrderBy(m => m.Kind).ThenBy(m => m.Id, StringComparer.Ordinal)] };
    }
}

/// <summary>What a source wants; <c>none</c> is explicitly empty.</summary>
public static class SomeDesired
{
    public static DesiredMethods Mobile(this DesiredMethods desired, string text) => desired with { Mobile = Phone(text) };

    public static DesiredMethods AlternateMobile(this DesiredMethods desired, string text) => desired with { AlternateMobile = Phone(text) };

    public static DesiredMethods Office(this DesiredMethods desired, string text) => desired with { Office = Phone(text) };

    public static DesiredMethods Email(this DesiredMethods desired, string address) =>
        desired with { Email = address == "none" ? Managed.None<string>() : Managed.Value(address) };

    public static DesiredMethods SmsSignIn(this DesiredMethods desired, bool on) => desired with { SmsSignIn = on };

    /// <summary>Removes all methods of a kind, or those with these ids.</summary>
    public static DesiredMethods Remove(this DesiredMethods desired, MethodKind kind, params string[] ids) =>
        desired with { Removals = [.. desired.Removals.Add(new Removal(kind, [.. ids])).OrderBy(r => r.Kind)] };

    private static Managed<PhoneNumber> Phone(string text) => text == "none" ? Managed.None<PhoneNumber>() : Managed.Value(Some.Number(text));
}
