namespace ProvisioningConnector.Engine.Model;

/// <summary>What the authoritative side says of one value (docs/design.md#managed-and-unmanaged).</summary>
public enum ManagedKind : byte
{
    /// <summary>The source has no opinion: the tenant's value stays as it is. Absence is never a deletion.</summary>
    Unmanaged,

    /// <summary>The source says explicitly that there is to be no value.</summary>
    None,

    /// <summary>The source names the value.</summary>
    Value,
}

/// <summary>A value that is unmanaged, explicitly empty, or given. The default is unmanaged.</summary>
public readonly record struct Managed<T>
    where T : notnull
{
    private readonly T? _value;

    internal Managed(ManagedKind kind, T? value) => (Kind, _value) = (kind, value);

    public ManagedKind Kind { get; }

    public bool IsManaged => Kind != ManagedKind.Unmanaged;

    /// <summary>True with the wanted value when one is given.</summary>
    public bool TryGet([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return Kind == ManagedKind.Value;
    }

    public override string ToString() => Kind.ToString();
}

/// <summary>Makes wanted values; an unmanaged one is <c>default</c>.</summary>
public static class Managed
{
    /// <summary>Explicitly empty.</summary>
    public static Managed<T> None<T>()
        where T : notnull => new(ManagedKind.None, default);

    public static Managed<T> Value<T>(T value)
        where T : notnull => new(ManagedKind.Value, value);
}
