using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>Which column of the file means what. Nothing in a header is guessed (docs/sources.md#columns).</summary>
internal sealed class SourceHeader
{
    private readonly ImmutableArray<SourceColumn?> _columns;

    private SourceHeader(ImmutableArray<string> names, ImmutableArray<SourceColumn?> columns) => (Names, _columns) = (names, columns);

    /// <summary>The names as the file spells them.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>How many columns the file has.</summary>
    public int Count => Names.Length;

    /// <summary>What the column means; null when it is ignored or has no name.</summary>
    public SourceColumn? this[int index] => _columns[index];

    /// <summary>A column without a name, whose cells therefore have to be blank.</summary>
    public bool IsNameless(int index) => string.IsNullOrWhiteSpace(Names[index]);

    /// <summary>Reads the names; everything wrong is reported at once.</summary>
    /// <exception cref="SourceException">The header is not one.</exception>
    public static SourceHeader Read(ImmutableArray<string> names, SourceOptions options, long? row)
    {
        Place place = new Place(options.Name, row);
        names = [.. names.Select(InvisibleCharacters.Trim)];
        if (names.All(string.IsNullOrEmpty)) throw new SourceException(FileFaults.HeaderMissing(place));
        List<SourceFault> faults = new List<SourceFault>();
        ImmutableArray<SourceColumn?>.Builder columns = ImmutableArray.CreateBuilder<SourceColumn?>(names.Length);
        Dictionary<SourceColumn, string> taken = new Dictionary<SourceColumn, string>();
        foreach (string name in names)
        {
            SourceFault? fault = null;
            SourceColumn? meaning = name.Length == 0 ? null : Meaning(name, options, place, out fault);
            if (fault is not null) faults.Add(fault);
            if (meaning is { } column && !taken.TryAdd(column, name))
            {
                faults.Add(FileFaults.DuplicateColumn(place with { Column = name }, taken[column], name));
            }

            columns.Add(meaning);
        }

        if (!taken.ContainsKey(SourceColumn.User)) faults.Insert(0, FileFaults.NoUserColumn(place, null));
        return faults.Count > 0 ? throw new SourceException([.. faults]) : new SourceHeader(names, columns.MoveToImmutable());
    }

    /// <summary>Whether a name is to be ignored.</summary>
    public static bool IsIgnored(string name, SourceOptions options) =>
        options.IgnoreColumns.Any(ignored => LooseNames.Same(ignored, name));

    /// <summary>A name as a message may show it: a header that is missing shows the first row's values, phone numbers among them.</summary>
    public static string Shown(string name) =>
        name.Count(char.IsAsciiDigit) < 5 && name.Length <= 64 && !name.Any(char.IsControl)
        ? $"'{InvisibleCharacters.Escape(name)}'" : "A name that looks like a value";

    /// <summary>What a trimmed name means; null when it is ignored or, with a fault, when it is not a name of a column.</summary>
    public static SourceColumn? Meaning(string name, SourceOptions options, Place place, out SourceFault? fault)
    {
        fault = null;
        if (IsIgnored(name, options)) return null;
        if (SourceColumns.TryParse(name, out SourceColumn column)) return column;
        string shown = Shown(name);
        Place here = shown[0] == '\'' ? place with { Column = InvisibleCharacters.Escape(name) } : place;
        fault = InvisibleCharacters.FindExceptBlanks(name) is { } sign
            ? FileFaults.InvisibleInName(here, shown, sign) : FileFaults.UnlistedColumn(here, shown, SourceColumns.Nearest(name));
        return null;
    }
}
