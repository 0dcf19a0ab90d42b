namespace ProvisioningConnector.Engine.Model;

/// <summary>What the authoritative side says of one value (docs/design.md#managed-and-unmanaged).</summary>
public enum WantedKind : byte
{
    /// <summary>The source has no opinion: the tenant's value stays as it is. Absence is never a deletion.</summary>
    Unmanaged,

    /// <summary>The source says explicitly that there is to be no value.</summary>
    None,

    /// <summary>The source names the value.</summary>
    Value,
}

/// <summary>A value that is unmanaged, explicitly empty, or given. The default is unmanaged.</summary>
public readonly record struct Wanted<T>
    where T : notnull
{
    private readonly T? _value;

    internal Wanted(WantedKind kind, T? value) => (Kind, _value) = (kind, value);

    public WantedKind Kind { get; }

    public bool IsManaged => Kind != WantedKind.Unmanaged;

    /// <summary>True with the wanted value when one is given.</summary>
    public bool TryGet([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out T value)
    {
        value = _value;
        return Kind == WantedKind.Value;
    }

    public override string ToString() => Kind.ToString();
}

/// <summary>Makes wanted values; an unmanaged one is <c>default</c>.</summary>
public static class Wanted
{
    /// <summary>Explicitly empty.</summary>
    public static Wanted<T> None<T>()
        where T : notnull => new(WantedKind.None, default);

    public static Wanted<T> Of<T>(T value)
        where T : notnull => new(WantedKind.Value, value);
}
