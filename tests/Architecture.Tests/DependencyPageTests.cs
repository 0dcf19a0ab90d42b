using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>Every package of the product is on the page that says why it is there (docs/dependencies.md#packages).</summary>
public sealed partial class DependencyPageTests
{
    [Test]
    public void Every_package_and_where_it_is_used_is_on_the_page()
    {
        string[] used = [.. new[] { "engine", "connector" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .SelectMany(project => XDocument.Load(project).Descendants("PackageReference").Select(p =>
                $"{p.Attribute("Include")?.Value} in {Repository.Relative(Path.GetDirectoryName(project) ?? "").Replace('\\', '/')}"))
            .Order(StringComparer.Ordinal)];

        string[] listed = [.. Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "dependencies.md")))
            .SelectMany(row => Name().Matches(row.Groups["projects"].Value).Select(project => $"{row.Groups["package"].Value} in {project.Groups[1].Value}"))
            .Order(StringComparer.Ordinal)];

        Assert.That(listed, Is.EqualTo(used));
        Assert.That(used, Has.Length.GreaterThan(15));
    }

    [GeneratedRegex(@"^\| `(?<package>[\w.-]+)` \| (?<projects>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();
}
