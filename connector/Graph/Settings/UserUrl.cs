using System.Text;

namespace ProvisioningConnector.Graph.Settings;

/// <summary>
/// How a user is named in an address (docs/graph.md#behaviour-of-reads): <c>users/{name}</c> with everything but unreserved characters and '@'
/// percent-encoded ('#' of guests included), and <c>users('{name}')</c> for names that begin with '$' or consist of dots.
/// </summary>
internal static class UserUrl
{
    public static string From(string name)
    {
        string escaped = Uri.EscapeDataString(name).Replace("%40", "@", StringComparison.Ordinal);
        if (name.StartsWith('$') || name.AsSpan().TrimStart('.').IsEmpty)
        {
            string inQuotes = escaped.Replace("%27", "%27%27", StringComparison.Ordinal).Replace("%24", "$", StringComparison.Ordinal);
            return $"users('{inQuotes}')";
        }

        return "users/" + escaped;
    }

    /// <summary>A value for <c>$filter</c>: quotes doubled, then percent-encoded.</summary>
    public static string Quoted(string value) =>
        Uri.EscapeDataString(new StringBuilder(value.Length + 2).Append('\'').Append(value.Replace("'", "''", StringComparison.Ordinal))
        .Append('\'').ToString());
}
