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
        SourceKind kind = section.Choice("Kind", SourceKind.File);
        ImmutableArray<string> foreign = kind switch { SourceKind.File => OfSql, SourceKind.Sql => OfFile };
        foreach (string key in foreign.Where(section.Exists)) section.Bad(key, $"A source of kind {kind} has no such setting.");
        SourceSettings source = new()
        {
            Name = name, Kind = kind, Path = section.File("Path"), Input = section.Text("Input"),
            Sheet = section.Text("Sheet"), Delta = section.Switch("Delta", false),
            IgnoreColumns = section.Names("IgnoreColumns").ToImmutableHashSet(StringComparer.OrdinalIgnoreCase),
            Query = Query(section, kind),
        };
        if (!isRehearsal) section.NoPasswordInFile("ConnectionString");
        if (kind == SourceKind.File && source.Path is null) section.Bad("Path", "A source of kind File needs a Path.");
        section.NoOthers();
        return source;
    }

    private static SqlQuery? Query(SettingsSection section, SourceKind kind)
    {
        string? provider = section.Text("Provider");
        string? connection = section.Text("ConnectionString");
        string? query = section.Text("Query");
        TimeSpan patience = section.Duration("Timeout", StandardPatience);
        if (kind != SourceKind.Sql) return null;
        string[] providers = Enum.GetNames<SqlProvider>();
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
