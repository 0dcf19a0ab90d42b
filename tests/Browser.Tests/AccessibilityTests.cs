using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ProvisioningConnector.Browser.Tests;

/// <summary>WCAG 2.2 AA, as far as axe can check it, of every kind of report, wide in light colours and narrow in dark ones.</summary>
public sealed class AccessibilityTests
{
    private static readonly List<string> Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    private static IEnumerable<TestCaseData> Pages() =>
        from name in SamplePages.Names
        from look in new[] { (Scheme: ColorScheme.Light, Width: 1280), (Scheme: ColorScheme.Dark, Width: 390) }
        select new TestCaseData(name, look.Scheme, look.Width).SetArgDisplayNames(name, look.Scheme.ToString(), $"{look.Width}");

    [TestCaseSource(nameof(Pages))]
    public async Task No_page_breaks_a_rule_of_accessibility(string name, ColorScheme scheme, int width)
    {
        await using Reader reader = await Reader.OpenAsync(await SamplePages.WriteAsync(name),
            new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        await reader.OpenEverythingAsync();
        AxeResult result = await reader.Page.RunAxe(new AxeRunOptions { RunOnly = new() { Type = "tag", Values = Rules } });
        Assert.That(result.Violations.SelectMany(static rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}: {node.Html}")), Is.Empty);
        Assert.That(result.Passes, Has.Length.GreaterThan(10));
    }
}
