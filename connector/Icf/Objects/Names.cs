namespace ProvisioningConnector.Icf.Objects;

/// <summary>The object class: the only one is <c>user</c>.</summary>
/// <param name="Name">Its name; compared ignoring case.</param>
public readonly record struct ObjectClass(string Name)
{
    /// <summary><c>user</c>.</summary>
    public static ObjectClass User { get; } = new("user");

    /// <summary>ICF's name for accounts, accepted in its place.</summary>
    public const string AccountName = "__ACCOUNT__";

    public bool IsUser => string.Equals(Name, User.Name, StringComparison.OrdinalIgnoreCase) || string.Equals(Name, AccountName, StringComparison.Ordinal);
}

/// <summary>What identifies an object: the object id.</summary>
/// <param name="Value">Object id; a user principal name is accepted on the way in.</param>
/// <param name="Revision">The fingerprint that the object must have, or has; null for any.</param>
public sealed record Uid(string Value, string? Revision = null);

/// <summary>A point in the feed of changes; opaque to callers.</summary>
/// <param name="Value">UTC instant, ISO 8601.</param>
public sealed record SyncToken(string Value);

/// <summary>What happened to an object.</summary>
public enum SyncDeltaType : byte
{
    /// <summary>It was changed or made.</summary>
    CreateOrUpdate,

    /// <summary>It is gone.</summary>
    Delete,
}

/// <summary>One change.</summary>
/// <param name="Token">Everything up to this point was delivered when this one is.</param>
/// <param name="Type">What happened.</param>
/// <param name="Uid">To whom.</param>
/// <param name="Object">The object now; null when it is gone.</param>
public sealed record SyncDelta(SyncToken Token, SyncDeltaType Type, Uid Uid, ConnectorObject? Object);
