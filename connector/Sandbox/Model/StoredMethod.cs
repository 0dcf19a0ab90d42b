using System.Collections.Immutable;

namespace ProvisioningConnector.Sandbox.Model;

/// <summary>A method that is neither phone, e-mail nor password.</summary>
/// <param name="Properties">Further properties of its type, written as they stand (<c>model</c>, <c>deviceTag</c>, <c>aaGuid</c>…).</param>
public sealed record StoredMethod(
    StoredMethodKind Kind,
    string Id,
    string? DisplayName = null,
    DateTimeOffset? Created = null,
    ImmutableSortedDictionary<string, string>? Properties = null,
    StoredPass? Pass = null)
{
    /// <summary>When it was last used to sign in, as beta shows it; null: never, or the service does not know.</summary>
    public DateTimeOffset? LastUsed { get; init; }
}

/// <summary>What a temporary access pass has beside its id. The pass itself is reported once, at creation, and not kept.</summary>
public sealed record StoredPass(DateTimeOffset Start, int LifetimeInMinutes, bool UsableOnce)
{
    /// <summary>Whether someone signed in with it.</summary>
    public bool Used { get; init; }
}
