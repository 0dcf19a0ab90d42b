using System.Collections.Immutable;
using System.Text;

namespace ProvisioningConnector.Crest.Json;

/// <summary>
/// A field, as a path from the object: <c>/name</c>, <c>/name/part</c>. The leading slash is optional; <c>~1</c> stands for a slash in
/// a name and <c>~0</c> for a tilde (docs/openidm.md#addresses-and-parameters, docs/openidm.md#queries). Never empty.
/// </summary>
public sealed record JsonPointer
{
    private const int LongestText = 1024;
    private const int MostNames = 32;

    private JsonPointer(ImmutableArray<string> names) => Names = names;

    /// <summary>The names from the object down, unescaped; at least one.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The name when the field is one of the object itself, else null. Only these reach a connector.</summary>
    public string? OwnName => Names.Length == 1 ? Names[0] : null;

    /// <summary>The pointer in the text; null, and why, when it is none.</summary>
    public static JsonPointer? Parse(ReadOnlySpan<char> text, out string problem)
    {
        problem = "";
        if (text.Length > LongestText) problem = $"a field is longer than {LongestText} characters";
        ReadOnlySpan<char> path = text.StartsWith("/") ? text[1..] : text;
        if (path.IsEmpty) problem = "a field has no name";
        if (problem.Length > 0) return null;
        if (path.IndexOfAny('/', '~') < 0) return new([path.ToString()]);

        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        foreach (Range part in path.Split('/'))
        {
            if (Unescape(path[part], out problem) is not { } name) return null;
            names.Add(name);
            if (names.Count <= MostNames) continue;
            problem = $"a field has more than {MostNames} levels";
            return null;
        }

        return new(names.ToImmutable());
    }

    /// <inheritdoc />
    public bool Equals(JsonPointer? other) => other is not null && Names.AsSpan().SequenceEqual(other.Names.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode()
    {
        HashCode code = default;
        foreach (string name in Names) code.Add(name, StringComparer.Ordinal);
        return code.ToHashCode();
    }

    /// <summary>The canonical spelling: with the leading slash.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach (string name in Names)
        {
            text.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }

    private static string? Unescape(ReadOnlySpan<char> part, out string problem)
    {
        problem = part.IsEmpty ? "a field has an empty name between slashes" : "";
        if (part.IsEmpty) return null;
        if (!part.Contains('~')) return part.ToString();
        StringBuilder name = new(part.Length);
        for (int i = 0; i < part.Length; i++)
        {
            if (part[i] != '~')
            {
                name.Append(part[i]);
                continue;
            }

            i++;
            if (i >= part.Length || part[i] is not ('0' or '1'))
            {
                problem = "in a field, ~ is followed by 0 (for ~) or 1 (for /)";
                return null;
            }

            name.Append(part[i] == '0' ? '~' : '/');
        }

        return name.ToString();
    }
}
