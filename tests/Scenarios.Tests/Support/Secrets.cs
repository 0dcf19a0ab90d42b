using System.Text.RegularExpressions;

namespace ProvisioningConnector.Scenarios.Tests.Support;

/// <summary>Phone numbers and addresses of the e-mail method that must occur nowhere unless <c>--reveal</c> asks for them.</summary>
internal sealed partial class Secrets
{
    private readonly HashSet<string> _texts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes every number (with or without blanks) and every address outside contoso.com from a text.</summary>
    public Secrets Learn(string text)
    {
        foreach (Match match in Number().Matches(text))
        {
            string digits = new([.. match.Value.Where(char.IsAsciiDigit)]);
            _texts.UnionWith([match.Value.Trim(), digits]);
            if (digits.Length >= 10) _texts.Add(digits[^10..]);
        }

        foreach (Match match in Address().Matches(text)) _texts.Add(match.Value);
        return this;
    }

    public void AreNotIn(string what, string text)
    {
        string[] shown = [.. _texts.Where(s => text.Contains(s, StringComparison.OrdinalIgnoreCase))];
        Assert.That(shown, Is.Empty, $"{what} shows what is secret:{Environment.NewLine}{text}");
    }

    [GeneratedRegex(@"\+?\d{1,3}[ (]?\(?\d{3}\)?[ -]?\d{3}[ -]?\d{4}|\+\d{1,3} ?\d{6,12}")]
    private static partial Regex Number();

    [GeneratedRegex(@"[\w.]+@example\.(org|net)")]
    private static partial Regex Address();
}
