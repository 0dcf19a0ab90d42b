using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Evidence.Approvals;

/// <summary>A person who may approve plans, as the configuration names them.</summary>
/// <param name="Name">The name there.</param>
/// <param name="Actors">
/// How the chain of evidence names the person: <c>user@host</c>; <c>user</c>, on any host; <c>key:NAME</c> or <c>key:NAME (ID)</c>, an API key of the
/// service; <c>jwt:SUBJECT</c>.
/// </param>
public sealed record Approver(string Name, ImmutableArray<string> Actors)
{
    /// <summary>The public key (SubjectPublicKeyInfo, P-256) of the private key that only the person holds; empty: none. Where there is one, accounts do
    /// not approve any more: they only say who the person is.</summary>
    public ImmutableArray<byte> PublicKey { get; init; } = [];

    /// <summary>The name under which a signature approves.</summary>
    public string SignedBy => ActorNames.Signed + Name;

    internal bool Is(string actor) => Actors.Any(own => ActorNames.Matches(own, actor))
        || (!PublicKey.IsEmpty && string.Equals(actor, SignedBy, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether one of the accounts has the same user name, whatever its host.</summary>
    internal bool HasUser(string actor) => ActorNames.User(actor) is { } user
        && Actors.Any(own => string.Equals(ActorNames.User(own), user, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// Who may approve plans, and which actors are one person (docs/safety.md#approvals). What the configuration says decides. Where it says nothing of an
/// actor, one person with two machines must not count as two: then accounts with one user name are one person, on whatever host.
/// </summary>
public sealed class Approvers
{
    private readonly ImmutableArray<Approver> _all;

    public Approvers(IEnumerable<Approver> all) => _all = [.. all.OrderBy(a => a.Name, StringComparer.Ordinal)];

    /// <summary>The configuration names no person: everyone but the planner may approve.</summary>
    public static Approvers None { get; } = new([]);

    /// <summary>Those who sign with a key of their own.</summary>
    public IEnumerable<Approver> Signing => _all.Where(a => !a.PublicKey.IsEmpty);

    /// <summary>Why an actor's approval never counts; null when it may.</summary>
    public string? NotBy(string actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (_all.IsEmpty && !ActorNames.IsSignature(actor)) return null;
        return Find(actor) switch
        {
            null => $"{actor} is not a person under Approvers in the configuration.",
            { PublicKey.IsEmpty: false } person when ActorNames.User(actor) is not null =>
                $"{actor} is '{person.Name}', who approves by a signature: provision approve PLAN.json --sign-with KEY.pem --reason TEXT.",
            _ => null,
        };
    }

    /// <summary>Whether two actors are, or may be, one person.</summary>
    public bool AreSame(string left, string right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return (Find(left), Find(right)) switch
        {
            ({ } one, { } other) => one == other,
            ({ } one, null) => one.HasUser(right),
            (null, { } other) => other.HasUser(left),
            (null, null) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase)
                || (ActorNames.User(left) is { } user && string.Equals(user, ActorNames.User(right), StringComparison.OrdinalIgnoreCase)),
        };
    }

    private Approver? Find(string actor) => _all.FirstOrDefault(a => a.Is(actor));
}

/// <summary>How actors are named: accounts as <c>user@host</c>, callers of the service behind a word for how they prove who they are.</summary>
internal static class ActorNames
{
    /// <summary>Stands before the name of a person who signed.</summary>
    public const string Signed = "signed:";

    private const string Key = "key:";
    private static readonly ImmutableArray<string> Kinds = [Key, "jwt:", "loopback:", Signed];

    public static bool IsSignature(string actor) => actor.StartsWith(Signed, StringComparison.OrdinalIgnoreCase);

    /// <summary>The user name of an account; null of others.</summary>
    public static string? User(string actor)
    {
        if (Kinds.Any(kind => actor.StartsWith(kind, StringComparison.OrdinalIgnoreCase))) return null;
        int at = actor.LastIndexOf('@');
        return at < 0 ? actor : actor[..at];
    }

    /// <summary>Whether a name of the configuration means an actor.</summary>
    public static bool Matches(string configured, string actor) =>
        string.Equals(configured, actor, StringComparison.OrdinalIgnoreCase)
        || (User(configured) is { } user && !configured.Contains('@', StringComparison.Ordinal)
            && string.Equals(user, User(actor), StringComparison.OrdinalIgnoreCase))
        || (configured.StartsWith(Key, StringComparison.OrdinalIgnoreCase) && !configured.EndsWith(')')
            && actor.StartsWith($"{configured} (", StringComparison.OrdinalIgnoreCase) && !actor[(configured.Length + 2)..].Contains('('));
}
