using System.IO.Compression;
using System.Xml;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>Finds the part of a workbook that holds a sheet (Office Open XML, part 1, packages and relationships).</summary>
internal static class WorkbookParts
{
    private const string WorkbookPart = "xl/workbook.xml";

    /// <summary>No document type, nothing fetched from anywhere.</summary>
    public static XmlReaderSettings Safe { get; } = new() { DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null, CloseInput = true, IgnoreComments = true };

    /// <summary>The XML part of a sheet by its name; null when there is none.</summary>
    public static ZipArchiveEntry? OfSheet(ZipArchive archive, string sheet)
    {
        ZipArchiveEntry? workbook = Find(archive, OfficeDocument(archive) ?? WorkbookPart);
        if (workbook is null) return null;
        string? relation = Elements(workbook, "sheet").Where(one => Value(one, "name") == sheet).Select(one => Value(one, "id")).FirstOrDefault();
        string folder = workbook.FullName[..(workbook.FullName.LastIndexOf('/') + 1)];
        ZipArchiveEntry? relations = Find(archive, $"{folder}_rels/{workbook.Name}.rels");
        if (relation is null || relations is null) return null;
        string? target = Elements(relations, "Relationship").Where(one => Value(one, "Id") == relation).Select(one => Value(one, "Target")).FirstOrDefault();
        return target is null ? null : Find(archive, Resolve(folder, target));
    }

    private static string? OfficeDocument(ZipArchive archive) =>
        Find(archive, "_rels/.rels") is not { } relations
            ? null
            : Elements(relations, "Relationship")
                .Where(one => Value(one, "Type")?.EndsWith("/officeDocument", StringComparison.Ordinal) == true)
                .Select(one => Value(one, "Target")?.TrimStart('/'))
                .FirstOrDefault();

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/')) return target.TrimStart('/');
        List<string> steps = new List<string>();
        foreach (string step in (folder + target).Split('/'))
        {
            if (step == ".." && steps.Count > 0) steps.RemoveAt(steps.Count - 1);
            else if (step is not ("." or "..")) steps.Add(step);
        }

        return string.Join('/', steps);
    }

    private static ZipArchiveEntry? Find(ZipArchive archive, string name) =>
        archive.Entries.FirstOrDefault(entry => string.Equals(entry.FullName.Replace('\\', '/').TrimStart('/'), name, StringComparison.OrdinalIgnoreCase));

    private static string? Value(Dictionary<string, string> element, string attribute) => element.GetValueOrDefault(attribute);

    // Attributes by local name: the strict and the transitional form differ in namespaces only.
    private static List<Dictionary<string, string>> Elements(ZipArchiveEntry part, string name)
    {
        List<Dictionary<string, string>> found = new List<Dictionary<string, string>>();
        using XmlReader xml = XmlReader.Create(part.Open(), Safe);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != name) continue;
            Dictionary<string, string> attributes = new Dictionary<string, string>(StringComparer.Ordinal);
            while (xml.MoveToNextAttribute()) attributes[xml.LocalName] = xml.Value;
            found.Add(attributes);
        }

        return found;
    }
}
