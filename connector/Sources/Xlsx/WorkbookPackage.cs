using System.Collections.Frozen;
using System.IO.Compression;
using System.IO.Packaging;
using System.Xml;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;
using ProvisioningConnector.Sources.Streams;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>
/// The parts of a workbook that rows are read from, and the relationships that lead to them. The SDK refuses a workbook for anything that is wrong
/// in it: a hyperlink that is not a valid address, a picture that is missing, a content type. None of that matters to rows, so only the parts below are
/// there for it, and a part's content type follows from the relationship that leads to it. Every part has a bound on its inflated size.
/// </summary>
internal sealed class WorkbookPackage : Package
{
    private const string RelationshipsType = "application/vnd.openxmlformats-package.relationships+xml";
    private const string Namespace = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const long MostBytesOfStructure = 64L << 20;

    // By the last segment of the relationship's type, which is the same in the transitional and the strict form.
    private static readonly FrozenDictionary<string, string> TypesOfParts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["officeDocument"] = Spreadsheet + "sheet.main+xml",
        ["worksheet"] = Spreadsheet + "worksheet+xml",
        ["sharedStrings"] = Spreadsheet + "sharedStrings+xml",
        ["styles"] = Spreadsheet + "styles+xml",
        ["chartsheet"] = Spreadsheet + "chartsheet+xml",
        ["dialogsheet"] = Spreadsheet + "dialogsheet+xml",
        ["xlMacrosheet"] = "application/vnd.ms-excel.macrosheet+xml",
        ["xlIntlMacrosheet"] = "application/vnd.ms-excel.intlmacrosheet+xml",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly ZipArchive _archive;
    private readonly Place _place;
    private readonly long _most;

    // Null where two files of the archive have the name: it is not certain which of them is meant.
    private readonly Dictionary<string, ZipArchiveEntry?> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="file">The workbook, seekable; closed with the package.</param>
    /// <param name="most">Most inflated bytes of a part.</param>
    /// <param name="place">The source, for what is thrown.</param>
    /// <exception cref="InvalidDataException">It is not a ZIP archive.</exception>
    public WorkbookPackage(Stream file, long most, Place place)
        : base(FileAccess.Read)
    {
        (_archive, _most, _place) = (new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: false), most, place);
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            string name = "/" + entry.FullName.Replace('\\', '/').TrimStart('/');
            if (!_entries.TryAdd(name, entry)) _entries[name] = null;
        }

        // As the SDK's own packages do: a part is found only among those that were listed once.
        GetParts();
    }

    protected override PackagePart? GetPartCore(Uri partUri) => null;

    /// <summary>The workbook, its parts, and the relationships that lead to them; sheets have relationships, such as hyperlinks, which are left out.</summary>
    protected override PackagePart[] GetPartsCore()
    {
        List<PackagePart> parts = [];
        foreach (Part workbook in Related(new Uri("/", UriKind.Relative), parts).Where(static part => part.ContentType == TypesOfParts["officeDocument"]))
        {
            Related(workbook.Uri, parts);
        }

        return [.. parts];
    }

    protected override PackagePart CreatePartCore(Uri partUri, string contentType, CompressionOption compressionOption) =>
        throw new NotSupportedException("Workbooks are only read.");

    protected override void DeletePartCore(Uri partUri) => throw new NotSupportedException("Workbooks are only read.");

    protected override void FlushCore()
    {
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _archive.Dispose();
    }

    private ZipArchiveEntry? Entry(Uri uri) => !_entries.TryGetValue(Uri.UnescapeDataString(uri.OriginalString), out ZipArchiveEntry? entry) ? null
        : entry ?? throw new InvalidDataException("The archive has a part twice.");

    private BoundedStream Bounded(ZipArchiveEntry entry, long most) =>
        new(entry.Open(), entry.Length, most, () => new SourceException(FileFaults.WorkbookTooLarge(_place, most)));

    /// <summary>Adds what a part (or the package) leads to, and its relationships without those that lead elsewhere.</summary>
    private List<Part> Related(Uri source, List<PackagePart> parts)
    {
        List<Part> related = [];
        Uri uri = PackUriHelper.GetRelationshipPartUri(source);
        if (Entry(uri) is not { } entry) return related;
        using MemoryStream kept = new MemoryStream();
        using XmlReader all = XmlReader.Create(Bounded(entry, Math.Min(_most, MostBytesOfStructure)), XlsxXml.Safe);
        using (XmlWriter written = XmlWriter.Create(kept))
        {
            written.WriteStartElement("Relationships", Namespace);
            while (all.Read())
            {
                if (all is not { NodeType: XmlNodeType.Element, LocalName: "Relationship", NamespaceURI: Namespace }) continue;
                string relationship = all.GetAttribute("Type") ?? "";
                if (!TypesOfParts.TryGetValue(relationship[(relationship.LastIndexOf('/') + 1)..], out string? type)) continue;
                Uri target = PackUriHelper.ResolvePartUri(source, new Uri(all.GetAttribute("Target") ?? "", UriKind.RelativeOrAbsolute));
                written.WriteStartElement("Relationship", Namespace);
                written.WriteAttributeString("Id", all.GetAttribute("Id"));
                written.WriteAttributeString("Type", relationship);
                written.WriteAttributeString("Target", target.OriginalString);
                written.WriteEndElement();
                related.Add(PartOf(target, type));
            }

            written.WriteEndElement();
        }

        byte[] bytes = kept.ToArray();
        parts.Add(new Part(this, uri, RelationshipsType, () => new MemoryStream(bytes, writable: false)));
        parts.AddRange(related);
        return related;
    }

    private Part PartOf(Uri uri, string type)
    {
        ZipArchiveEntry entry = Entry(uri) ?? throw new InvalidDataException("A part is missing.");
        bool isLarge = type == TypesOfParts["worksheet"] || type == TypesOfParts["sharedStrings"];
        return new Part(this, uri, type, () => Bounded(entry, isLarge ? _most : Math.Min(_most, MostBytesOfStructure)));
    }

    private sealed class Part(Package package, Uri uri, string type, Func<Stream> open) : PackagePart(package, uri, type)
    {
        protected override Stream GetStreamCore(FileMode mode, FileAccess access) => open();
    }
}
