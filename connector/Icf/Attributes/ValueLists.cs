using System.Collections.Immutable;

namespace ProvisioningConnector.Icf.Attributes;

/// <summary>Compares lists of values; their order does not matter.</summary>
internal static class ValueLists
{
    public static bool AreSame(ImmutableArray<object> left, ImmutableArray<object> right)
    {
        if (left.Length != right.Length) return false;
        List<object> rest = [.. right];
        foreach (object value in left)
        {
            int at = rest.FindIndex(other => AreSame(value, other));
            if (at < 0) return false;
            rest.RemoveAt(at);
        }

        return true;
    }

    private static bool AreSame(object left, object right) => (left, right) switch
    {
        (string l, string r) => string.Equals(l, r, StringComparison.OrdinalIgnoreCase),
        (bool l, string r) => string.Equals(l ? "true" : "false", r, StringComparison.OrdinalIgnoreCase),
        (IReadOnlyDictionary<string, string> l, IReadOnlyDictionary<string, string> r) => l.Count == r.Count
            && l.All(p => r.TryGetValue(p.Key, out string? value) && value == p.Value),
        _ => left.Equals(right),
    };
}
