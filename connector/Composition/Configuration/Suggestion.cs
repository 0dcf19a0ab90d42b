using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Words what a misspelt name was probably meant to be.</summary>
internal static class Suggestion
{
    /// <summary>"Did you mean 'x'?", or the list of right names.</summary>
    public static string Hint(string name, IEnumerable<string> right)
    {
        string[] names = [.. right];
        if (names.Length == 0) return "No value is expected here.";
        return Spelling.Nearest(name, names) is { } closest ? $"Did you mean '{closest}'?" : $"Possible: {string.Join(", ", names)}.";
    }
}
