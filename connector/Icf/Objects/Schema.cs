using System.Collections.Immutable;

namespace ProvisioningConnector.Icf.Objects;

/// <summary>ICF's flags of an attribute.</summary>
[Flags]
public enum AttributeFlags
{
    None = 0,
    Required = 1,
    MultiValued = 2,
    NotCreatable = 4,
    NotUpdateable = 8,
    NotReadable = 16,
    NotReturnedByDefault = 32,
}

/// <summary>Kinds of value.</summary>
public enum AttributeKind : byte
{
    Text,
    Flag,
    Map,

    /// <summary>A text that is only written: ICF's GuardedString. Its value is a <see cref="Engine.Evidence.Secrets.Secret"/>.</summary>
    Guarded,
}

/// <summary>One attribute of the schema.</summary>
public sealed record AttributeInfo(string Name, AttributeKind Kind, AttributeFlags Flags);

/// <summary>One object class of the schema.</summary>
public sealed record ObjectClassInfo(ObjectClass Class, ImmutableArray<AttributeInfo> Attributes);

/// <summary>What the connector knows.</summary>
/// <param name="Classes">One: <c>user</c>.</param>
/// <param name="Operations">Operations of the class.</param>
public sealed record Schema(ImmutableArray<ObjectClassInfo> Classes, ImmutableArray<string> Operations);
