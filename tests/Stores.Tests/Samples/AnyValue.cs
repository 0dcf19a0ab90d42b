using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Stores.Tests.Samples;

/// <summary>
/// Makes a value of any of the engine's records from a seed, every constructor parameter and every settable property
/// filled: a property that is added tomorrow is tried tomorrow.
/// </summary>
internal sealed class AnyValue(int seed)
{
    private static readonly string[] Texts =
        ["", " ", "a", "anna@contoso.com", "Ärger \"quoted\" \\ / <b>", "00000000-0000-0000-0000-00000000000a",
            "line\nbreak\t\u0001", "日本 😀", "null", "+1 2065550100"];

    private static readonly string[] Numbers = ["+1 2065550100", "+1 2065550100x0123", "+39 0612345678",
        "+44 07700900123", "+358 401234567", "+1 5555551234x123"];
    private static readonly string[] Unreadable = ["", "n/a", "12", "call me", "++1"];
    private readonly Random _random = new(seed);
    private readonly NullabilityInfoContext _nullability = new();

    public T Create<T>() => (T)Create(typeof(T), false)!;

    /// <summary>Whether values of a type are stored as a text or a word instead of by their properties.</summary>
    public static bool IsText(Type type) =>
        type == typeof(PhoneNumber) || type == typeof(CurrentSlot) || type == typeof(DefaultMethod)
        || type == typeof(Managed<PhoneNumber>) || type == typeof(Managed<string>);

    private object? Create(Type type, bool nullable)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return _random.Next(3) == 0 ? null : Create(inner, false);
        if (nullable && _random.Next(3) == 0) return null;
        if (type.IsEnum) return Pick([.. Enum.GetValues(type).Cast<object>()]);
        if (type == typeof(string)) return Pick(Texts) + _random.Next(3).ToString(CultureInfo.InvariantCulture);
        if (type == typeof(bool)) return _random.Next(2) == 0;
        if (type == typeof(int)) return Pick([0, 1, 7, int.MaxValue, int.MinValue, _random.Next()]);
        if (type == typeof(long)) return Pick([0L, 1L, 4_000_000_000L, long.MaxValue, long.MinValue, _random.NextInt64()]);
        if (type == typeof(double)) return Pick([0d, 1.5, 1d / 3, double.MaxValue, _random.NextDouble()]);
        if (type == typeof(decimal)) return Pick([0m, 2.50m, 0.1m, 100m]);
        if (type == typeof(DateTimeOffset)) return new DateTimeOffset(_random.NextInt64(0, DateTime.MaxValue.Ticks / 2),
            TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(15 * _random.Next(-40, 40)));
        if (type == typeof(PhoneNumber)) return Sample.Number(Pick(Numbers));
        if (type == typeof(CurrentSlot)) return Slot();
        if (type == typeof(DefaultMethod)) return Default();
        if (type == typeof(Managed<PhoneNumber>)) return Want(Sample.Number(Pick(Numbers)));
        if (type == typeof(Managed<string>)) return Want(Pick(Texts));
        if (type == typeof(ImmutableHashSet<string>)) return ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, [.. Many<string>()]);
        if (type == typeof(TimeSpan)) return Pick([TimeSpan.Zero, TimeSpan.FromSeconds(90), new TimeSpan(1, 2, 3, 4, 5)]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableSortedDictionary<,>)) return Generic(nameof(Named),
            type.GetGenericArguments()[1]);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)) return Generic(nameof(Many), type.GetGenericArguments()[0]);
        return Record(type.IsAbstract ? Pick([.. type.GetNestedTypes().Where(kind => !kind.IsAbstract)]) : type);
    }

    private ImmutableSortedDictionary<string, T> Named<T>() =>
        Many<string>().Distinct(StringComparer.Ordinal).ToImmutableSortedDictionary(text => text, _ => Create<T>(), StringComparer.Ordinal);

    private object Record(Type type)
    {
        ConstructorInfo? constructor = type.GetConstructors().MaxBy(one => one.GetParameters().Length);
        ParameterInfo[] parameters = constructor?.GetParameters() ?? [];
        object value = constructor is null
            ? Activator.CreateInstance(type)!
            : constructor.Invoke([.. parameters.Select(one => Create(one.ParameterType, _nullability.Create(one).WriteState == NullabilityState.Nullable))]);
        foreach (PropertyInfo property in type.GetProperties().Where(one => one.SetMethod is not null && one.GetIndexParameters().Length == 0))
        {
            if (parameters.Any(one => one.Name == property.Name)) continue;
            property.SetValue(value, Create(property.PropertyType, _nullability.Create(property).WriteState == NullabilityState.Nullable));
        }

        return value;
    }

    private object Generic(string method, Type element) =>
        typeof(AnyValue).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!.MakeGenericMethod(element).Invoke(this, null)!;

    private ImmutableArray<T> Many<T>() => [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Create<T>())];

    private CurrentSlot Slot() => _random.Next(3) switch
    {
        0 => CurrentSlot.Empty,
        1 => CurrentSlot.FromGraph(Pick(Unreadable)),
        _ => CurrentSlot.From(Sample.Number(Pick(Numbers))),
    };

    private DefaultMethod Default() => _random.Next(4) switch
    {
        0 => DefaultMethod.NotRead,
        1 => DefaultMethod.Unreadable,
        2 => DefaultMethod.None,
        _ => DefaultMethod.From(Create<PreferredMethod>()),
    };

    private Managed<T> Want<T>(T value)
        where T : notnull => _random.Next(3) switch
        {
            0 => default,
            1 => Managed.None<T>(),
            _ => Managed.Value(value),
        };

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
