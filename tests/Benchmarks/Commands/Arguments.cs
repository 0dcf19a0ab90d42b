using System.Globalization;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary>Options of a measuring command: <c>--name value</c>, each with a default.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public Arguments(string[] words)
    {
        if (words.Length % 2 != 0) throw new ArgumentException("Options are written '--name value'.");
        for (int i = 0; i < words.Length; i += 2) _values[words[i].TrimStart('-')] = words[i + 1];
    }

    public string Text(string name, string otherwise) => _values.GetValueOrDefault(name, otherwise);

    public double Number(string name, double otherwise) => _values.TryGetValue(name, out string? text)
        ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public int Whole(string name, int otherwise) => (int)Number(name, otherwise);
}
