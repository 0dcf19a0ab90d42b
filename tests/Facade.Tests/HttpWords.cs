using System.Net;
using System.Text.RegularExpressions;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>What no answer over HTTP may name, looked for in every answer that a test receives (docs/facade.md#answers).</summary>
internal static partial class HttpWords
{
    private static readonly string Account = $"{Environment.UserName}@{Environment.MachineName}";

    public static void Check(string path, string body)
    {
        // Pages and descriptions have documentation in them, and Microsoft's own addresses.
        if (path.StartsWith("/api/v1/", StringComparison.Ordinal) && (path.EndsWith('/') || path.EndsWith(".json", StringComparison.Ordinal))) return;
        string text = WebUtility.HtmlDecode(body);
        Match found = OfTheMachine().Match(text);
        Assert.That(found.Success ? found.Value : "", Is.Empty, $"{path}: {text}");
        Assert.That(text, Does.Not.Contain(Account).And.Not.Contain(Path.GetTempPath()), path);
    }

    [GeneratedRegex(@"\bprovision (?:apply|plan|approve|resume|runs|show|doctor|serve|keys|undo|store|sandbox)\b|(?<![\w-])--[a-z]{2,}|\(process \d+|\bpid \d")]
    private static partial Regex OfTheMachine();
}
