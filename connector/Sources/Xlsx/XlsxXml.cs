using System.Globalization;
using System.Text;
using System.Xml;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Sources.Xlsx;

/// <summary>Reads the XML of one part forward, and its texts with a bound on their size.</summary>
/// <param name="part">The part's bytes; closed with the reader.</param>
/// <param name="root">The name that the part's root element must have.</param>
internal sealed class XlsxXml(Stream part, string root) : IDisposable
{
    private const string Transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Strict = "http://purl.oclc.org/ooxml/spreadsheetml/main";

    private readonly XmlReader _xml = XmlReader.Create(part, Safe);
    private readonly StringBuilder _text = new();
    private readonly char[] _chunk = new char[1024];
    private string? _namespace;

    /// <summary>No document type, nothing fetched from anywhere.</summary>
    public static XmlReaderSettings Safe { get; } = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null, CloseInput = true, IgnoreComments = true, IgnoreProcessingInstructions = true
    };

    /// <summary>How deep the current node lies; the root has 0.</summary>
    public int Depth => _xml.Depth;

    /// <summary>Whether the current element has neither content nor an end.</summary>
    public bool IsEmpty => _xml.IsEmptyElement;

    /// <summary>Goes on to the next start or end of an element of spreadsheets, in either form; others are passed over.</summary>
    /// <returns>False at the end of the part.</returns>
    /// <exception cref="InvalidDataException">The part's root is another one.</exception>
    public bool Read()
    {
        while (_xml.Read())
        {
            if (_xml.NodeType is not (XmlNodeType.Element or XmlNodeType.EndElement)) continue;
            if (_namespace is null)
            {
                if (_xml.LocalName != root || _xml.NamespaceURI is not (Transitional or Strict)) throw new InvalidDataException("The part has another root.");
                _namespace = _xml.NamespaceURI;
            }

            if (_xml.NamespaceURI == _namespace) return true;
        }

        return false;
    }

    /// <summary>Whether an element of that name starts here.</summary>
    public bool IsStart(string name) => _xml.NodeType == XmlNodeType.Element && _xml.LocalName == name;

    /// <summary>Whether an element of that name ends here.</summary>
    public bool IsEnd(string name) => _xml.NodeType == XmlNodeType.EndElement && _xml.LocalName == name;

    public string? Attribute(string name) => _xml.GetAttribute(name);

    /// <summary>The text of the current element, to its end; of an element with runs (<c>si</c>, <c>is</c>) without the phonetic ones.</summary>
    /// <param name="most">Most characters.</param>
    /// <param name="place">Of the record, for the fault.</param>
    /// <exception cref="SourceException">The text is longer.</exception>
    public string Text(int most, Place place)
    {
        _text.Clear();
        if (_xml.IsEmptyElement) return "";
        bool isRich = _xml.LocalName is "si" or "is";
        bool isTaken = !isRich;
        bool isPhonetic = false;
        int depth = _xml.Depth;
        while (_xml.Read() && (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth != depth))
        {
            if (_xml.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
            {
                if (_xml.Depth == depth + 1) isPhonetic = _xml.LocalName == "rPh";
                if (isRich) isTaken = IsStart("t") && !_xml.IsEmptyElement && !isPhonetic && _xml.NamespaceURI == _namespace;
            }
            else if (isTaken && _xml.NodeType is (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace))
            {
                Append(most, place);
            }
        }

        return _text.ToString();
    }

    /// <summary>Reads what a text says where <c>_x000D_</c> stands for a character (ECMA-376 part 1, 22.9.2.19).</summary>
    public static string Unescape(string text)
    {
        int at = text.IndexOf("_x", StringComparison.Ordinal);
        if (at < 0) return text;
        StringBuilder plain = new StringBuilder(text.Length);
        int done = 0;
        while (at >= 0)
        {
            if (at + 7 <= text.Length && text[at + 6] == '_'
                && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                plain.Append(text, done, at - done).Append((char)code);
                done = at + 7;
            }

            int next = Math.Max(at + 1, done);
            at = next < text.Length ? text.IndexOf("_x", next, StringComparison.Ordinal) : -1;
        }

        return plain.Append(text, done, text.Length - done).ToString();
    }

    public void Dispose() => _xml.Dispose();

    private void Append(int most, Place place)
    {
        for (int count; _text.Length <= most && (count = _xml.ReadValueChunk(_chunk, 0, _chunk.Length)) > 0;) _text.Append(_chunk, 0, count);
        if (_text.Length > most) throw new SourceException(FileFaults.RecordTooLarge(place, most));
    }
}
