namespace ProvisioningConnector.Sandbox.Http;

/// <summary>The query options of a request, decoded. Names ignore case and the leading <c>$</c> is optional, as Graph has it.</summary>
internal sealed class Query
{
    public static Query Empty { get; } = new("");

    private readonly List<(string Name, string Value)> _options = [];

    public Query(string text)
    {
        foreach (string part in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            string name = equals < 0 ? part : part[..equals];
            string value = equals < 0 ? "" : part[(equals + 1)..];
            _options.Add((Decode(name), Decode(value)));
        }
    }

    public string? this[string name]
    {
        get
        {
            foreach ((string? key, string? value) in _options)
                if (key.AsSpan().TrimStart('$').Equals(name, StringComparison.OrdinalIgnoreCase)) return value;
            return null;
        }
    }

    /// <summary>The query with one option put in place of others of that name.</summary>
    public string With(string name, string value) => string.Join('&', _options
        .Where(o => !o.Name.AsSpan().TrimStart('$').Equals(name, StringComparison.OrdinalIgnoreCase))
        .Append(("$" + name, value))
        .Select(o => o.Item1 + "=" + Uri.EscapeDataString(o.Item2)));

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
