using System.Collections.Immutable;
using ProvisioningConnector.Sources;
using ProvisioningConnector.Sources.Sql;

namespace ProvisioningConnector.Composition.Configuration;

/// <summary>Reads one entry of the section <c>Sources</c>.</summary>
internal static class SourceReading
{
    /// <summary>How long a database may take for the next rows, unless said otherwise: long enough for a view over all people.</summary>
    public static readonly TimeSpan StandardPatience = TimeSpan.FromMinutes(10);

    private static readonly ImmutableArray<string> OfFile = ["Path", "Input", "Sheet"];

    private static readonly ImmutableArray<string> OfSql = ["Provider", "ConnectionString", "Query", "Timeout"];

    /// <param name="name">As the person named it.</param>
    /// <param name="section">The section.</param>
    /// <param name="isRehearsal">Whether every tenant is on this machine, so that secrets may stand in files.</param>
    public static SourceSettings Read(string name, SettingsSection section, bool isRehearsal)
    {
        SourceKind kind = section.Choice("Kind", SourceKind.File, "a file, or one SELECT on a database");
        ImmutableArray<string> foreign = kind switch { SourceKind.File => OfSql, SourceKind.Sql => OfFile };
        foreach (string key in foreign.Where(section.Exists)) section.Bad(key, $"A source of kind {kind} has no such setting.");
        SourceSettings source = new()
        {
            Name = name, Kind = kind, Path = section.File("Path", "`File`: the file; what it may hold: [sources.md](sources.md)"),
            Input = section.Text("Input", "`File`: its format where the ending does not say: `csv`, `xlsx`, `json`, `ndjson`"),
            Sheet = section.Text("Sheet", "`File`: the sheet of a workbook"),
            Delta = section.Switch("Delta", false, "it holds only changes: shrink checks do not apply"),
            IgnoreColumns = section.Names("IgnoreColumns", "columns that are there and mean nothing").ToImmutableHashSet(StringComparer.OrdinalIgnoreCase),
            Query = Query(section, kind),
        };
        if (!isRehearsal) section.NoPasswordInFile("ConnectionString");
        if (kind == SourceKind.File && source.Path is null) section.Bad("Path", "A source of kind File needs a Path.");
        section.NoOthers();
        return source;
    }

    private static SqlQuery? Query(SettingsSection section, SourceKind kind)
    {
        string[] providers = Enum.GetNames<SqlProvider>();
        string? provider = section.Text("Provider", $"`Sql`: {string.Join(" or ", providers.Select(p => $"`{p}`"))}");
        string? connection = section.Text("ConnectionString", "`Sql`: `Host=…;Database=…;Username=…` or `Data Source=…`; "
            + "with a password, put it into `PROVISION_Sources__NAME__ConnectionString`");
        string? query = section.Text("Query", "`Sql`: one SELECT, its columns named as a source's: `SELECT upn AS \"user\", mobile FROM people ORDER BY upn`. "
            + "It runs in a read-only transaction; rows are taken one by one. [What its values mean](../connector/Sources/Sql/README.md)");
        TimeSpan patience = section.Duration("Timeout", StandardPatience,
            "`Sql`: how long the database may take for the next rows; `00:00:00`: no limit");
        if (kind != SourceKind.Sql) return null;
        if (provider is null || connection is null || query is null)
        {
            section.Bad("Kind", $"A source of kind Sql needs Provider ({string.Join(" or ", providers)}), ConnectionString and Query.");
            return null;
        }

        if (!Enum.TryParse(providers.FirstOrDefault(p => p.Equals(provider, StringComparison.OrdinalIgnoreCase)), out SqlProvider known))
        {
            section.Bad("Provider",
                $"'{provider}' cannot be queried: sources of kind Sql are of {string.Join(" or ", providers)}. "
                + "Export another database's rows to CSV or NDJSON and use that file.");
            return null;
        }

        if (SqlLocation.TryComplete(known, connection, path => section.Rooted("ConnectionString", path),
            out string complete, out string database, out string? problem))
        {
            return new SqlQuery(known, complete, database, query, patience);
        }

        section.Bad("ConnectionString", problem);
        return null;
    }
}
