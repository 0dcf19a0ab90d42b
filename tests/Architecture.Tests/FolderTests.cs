using System.Text.RegularExpressions;

namespace ProvisioningConnector.Architecture.Tests;

/// <summary>
/// The design of every project, as a list: its folders from the bottom up. A folder knows only folders that stand before it.
/// A new folder has to be entered here, at the place that it deserves.
/// </summary>
public sealed partial class FolderTests
{
    [TestCaseSource(nameof(Projects))]
    public void Folders_know_only_what_is_below_them(ProjectLayers project)
    {
        string[] violations =
        [
            .. FolderReferences.Find(project.Assembly, project.Namespace)
                .Where(reference => project.Rank(reference.To) >= project.Rank(reference.From))
                .Select(reference => $"{reference.From} -> {reference.To}: {reference.FromType} uses {reference.ToType}"),
        ];

        Assert.That(violations, Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void Every_folder_has_its_place_in_the_list(ProjectLayers project)
    {
        string root = Path.Combine(Repository.Root, project.Folder);
        string[] folders =
        [
            .. Repository.Sources(project.Folder).Select(file => Path.GetRelativePath(root, Path.GetDirectoryName(file) ?? root))
                .Select(folder => folder.Replace(Path.DirectorySeparatorChar, '/')).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
        ];

        Assert.That(folders, Is.EquivalentTo(project.Folders));
    }

    [TestCaseSource(nameof(SourceFolders))]
    public void A_namespace_is_named_like_its_folder(string folder)
    {
        string project = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj").Single());
        string[] strangers =
        [
            .. Repository.Sources(folder).Where(file => NamespaceOf(file) is { } space && space != Expected(file, folder, project)).Select(Repository.Relative),
        ];

        Assert.That(strangers, Is.Empty);
    }

    private static IEnumerable<TestCaseData> Projects() => ProjectLayers.All.Select(p => new TestCaseData(p).SetArgDisplayNames(p.Folder));

    private static IEnumerable<string> SourceFolders() =>
        new[] { "engine", "connector", "tests" }
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(Repository.Root, top), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Repository.Relative(Path.GetDirectoryName(file) ?? Repository.Root)).Order(StringComparer.Ordinal);

    private static string Expected(string file, string folder, string project)
    {
        string below = Path.GetRelativePath(Path.Combine(Repository.Root, folder), Path.GetDirectoryName(file) ?? folder);
        return below == "." ? project : $"{project}.{below.Replace(Path.DirectorySeparatorChar, '.')}";
    }

    // Top-level statements have no namespace.
    private static string? NamespaceOf(string file) => NamespaceLine().Match(File.ReadAllText(file)) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
