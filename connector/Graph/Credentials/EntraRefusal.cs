using System.Globalization;
using System.Text.RegularExpressions;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>Why Microsoft Entra ID refused a token: its code and its text.</summary>
/// <param name="Number">The number behind <c>AADSTS</c>.</param>
/// <param name="Text">From <c>AADSTS</c> to the end of the message, as the service wrote it.</param>
internal sealed partial record EntraRefusal(int Number, string Text)
{
    /// <summary>The first reason that these texts quote; null when none does.</summary>
    public static EntraRefusal? Find(IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            Match match = Code().Match(text);
            if (match.Success && int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out int number)) return new EntraRefusal(number, text[match.Index..]);
        }

        return null;
    }

    [GeneratedRegex(@"AADSTS(\d{4,9})\b", RegexOptions.NonBacktracking)]
    private static partial Regex Code();
}
