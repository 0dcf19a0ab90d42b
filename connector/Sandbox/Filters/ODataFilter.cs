namespace ProvisioningConnector.Sandbox.Filters;

/// <summary>A <c>$filter</c> that cannot be understood or that names an unknown property.</summary>
internal sealed class FilterException(string message) : Exception(message);

/// <summary>The part of OData's filter language that Graph's users understand, over any entity.</summary>
internal abstract record ODataFilter
{
    private ODataFilter() { }

    public sealed record And(ODataFilter Left, ODataFilter Right) : ODataFilter;
    public sealed record Or(ODataFilter Left, ODataFilter Right) : ODataFilter;
    public sealed record Not(ODataFilter Inner) : ODataFilter;
    public sealed record Compare(string Property, string Operator, object? Value) : ODataFilter;
    public sealed record StartsWith(string Property, string Prefix) : ODataFilter;
    public sealed record In(string Property, IReadOnlyList<object?> Values) : ODataFilter;
    /// <summary><c>list/any(x: …)</c>; inside, properties begin with the variable's name.</summary>
    public sealed record Any(string Property, string Variable, ODataFilter Inner) : ODataFilter;

    /// <summary>Whether the filter holds. <paramref name="value"/> gives strings, booleans, instants or lists of accessors.</summary>
    public bool Holds(Func<string, object?> value) => this switch
    {
        And(var left, var right) => left.Holds(value) && right.Holds(value),
        Or(var left, var right) => left.Holds(value) || right.Holds(value),
        Not(var inner) => !inner.Holds(value),
        Compare(var property, var op, var wanted) => Compares(value(property), op, wanted),
        StartsWith(var property, var prefix) => value(property) is string text && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase),
        In(var property, var values) => values.Any(wanted => Compares(value(property), "eq", wanted)),
        Any(var property, var variable, var inner) => value(property) is IEnumerable<Func<string, object?>> items
            && items.Any(item => inner.Holds(name => name == variable ? item("")
                : name.StartsWith(variable + "/", StringComparison.Ordinal) ? item(name[(variable.Length + 1)..]) : value(name))),
        _ => throw new InvalidOperationException("A filter of an unknown kind."),
    };

    private static bool Compares(object? actual, string op, object? wanted)
    {
        if (actual is DateTimeOffset at && wanted is string text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset instant)) wanted = instant;
        int? order = (actual, wanted) switch
        {
            (null, null) => 0,
            (string a, string b) => string.Compare(a, b, StringComparison.OrdinalIgnoreCase),
            (bool a, bool b) => a.CompareTo(b),
            (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
            _ => (int?)null,
        };
        return op switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "lt" => order < 0,
            "le" => order <= 0,
            _ => throw new FilterException($"Unknown operator '{op}'."),
        };
    }
}
