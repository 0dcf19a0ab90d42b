using System.Collections.Immutable;

namespace ProvisioningConnector.Icf.Objects;

/// <summary>A named list of values (ICF's Attribute). Values are <see cref="string"/>, <see cref="bool"/> or, for <c>authenticationMethods</c>,
/// <see cref="ImmutableSortedDictionary{TKey, TValue}"/> of strings.</summary>
/// <param name="Name">Compared ignoring case.</param>
/// <param name="Values">Empty means: no value; on the way in it clears.</param>
public sealed record ConnectorAttribute(string Name, ImmutableArray<object> Values)
{
    /// <summary>The single value; null when there is none.</summary>
    public object? Single => Values.IsEmpty ? null : Values[0];

    public bool Equals(ConnectorAttribute? other) =>
        other is not null && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase) && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Name), Values.Length);

    /// <summary>Never a value.</summary>
    public override string ToString() => $"{Name} ({Values.Length} values)";
}

/// <summary>A change of one attribute (ICF's AttributeDelta): replaced, or added to and removed from.</summary>
/// <param name="Name">Which attribute.</param>
/// <param name="ToReplace">The new values; null when values are added or removed.</param>
/// <param name="ToAdd">Values to add; one that is there is no change.</param>
/// <param name="ToRemove">Values to remove; one that is not there is no change.</param>
public sealed record AttributeDelta(string Name, ImmutableArray<object>? ToReplace, ImmutableArray<object> ToAdd, ImmutableArray<object> ToRemove)
{
    public static AttributeDelta Replace(string name, params object?[] values) => new(name, [.. values.OfType<object>()], [], []);

    /// <summary>Never a value.</summary>
    public override string ToString() => Name;
}

/// <summary>An object as it is handed out.</summary>
/// <param name="Uid">Object id, with the revision when the methods were read.</param>
/// <param name="Name">User principal name; the object id where the tenant gives none.</param>
/// <param name="Attributes">Those asked for, in the order of the schema.</param>
public sealed record ConnectorObject(Uid Uid, string Name, ImmutableArray<ConnectorAttribute> Attributes);
