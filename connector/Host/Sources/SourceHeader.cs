using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Host.Sources;

/// <summary>Which column of the file means what. Nothing in a header is guessed (design 6).</summary>
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

    /// <summary>Reads the names; everything wrong is told at once.</summary>
    /// <exception cref="SourceException">The header is not one.</exception>
    public static SourceHeader Read(ImmutableArray<string> names, SourceOptions options, long? row)
    {
        var place = new Place(options.Name, row);
        names = [.. names.Select(name => name.Trim())];
        if (names.All(string.IsNullOrEmpty)) throw new SourceException(FileFaults.HeaderMissing(place));
        var faults = new List<SourceFault>();
        var columns = ImmutableArray.CreateBuilder<SourceColumn?>(names.Length);
        var taken = new Dictionary<SourceColumn, string>();
        foreach (var name in names)
        {
            var meaning = Judge(name, options, place, faults);
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
        name.Count(char.IsAsciiDigit) < 5 && name.Length <= 64 && !name.Any(char.IsControl) ? $"'{name}'" : "A name that looks like a value";

    private static SourceColumn? Judge(string name, SourceOptions options, Place place, List<SourceFault> faults)
    {
        if (name.Length == 0 || IsIgnored(name, options)) return null;
        if (SourceColumns.TryParse(name, out var column)) return column;
        var shown = Shown(name);
        faults.Add(FileFaults.UnlistedColumn(shown[0] == '\'' ? place with { Column = name } : place, shown, SourceColumns.Nearest(name)));
        return null;
    }
}
