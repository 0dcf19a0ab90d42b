using System.Diagnostics.CodeAnalysis;

namespace ProvisioningConnector.Crest.Errors;

/// <summary>What became of something that a caller sent: a value, or the error to answer with. Never both, never an exception.</summary>
/// <typeparam name="T">The kind of value.</typeparam>
public sealed class Parsed<T>
{
    private readonly T? _value;

    private Parsed(T? value, CrestError? error) => (_value, Error) = (value, error);

    /// <summary>The error; null when there is a value.</summary>
    public CrestError? Error { get; }

    public static implicit operator Parsed<T>(T value) => new(value, null);

    public static implicit operator Parsed<T>(CrestError error) => new(default, error ?? throw new ArgumentNullException(nameof(error)));

    /// <summary>True with a value, false with an error.</summary>
    public bool Succeeded([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out CrestError? error)
    {
        (value, error) = (_value, Error);
        return error is null;
    }

    /// <summary>Goes on with the value; an error stays what it is.</summary>
    public Parsed<TNext> Then<TNext>(Func<T, Parsed<TNext>> next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return Succeeded(out T? value, out CrestError? error) ? next(value) : error;
    }
}
