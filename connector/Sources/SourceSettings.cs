using System.Collections.Immutable;
using ProvisioningConnector.Sources.Sql;

namespace ProvisioningConnector.Sources;

/// <summary>What a named source is read from.</summary>
internal enum SourceKind
{
    File,
    Sql,
}

/// <summary>A source that the configuration names (docs/configuration.md#sources).</summary>
internal sealed record SourceSettings
{
    public required string Name { get; init; }

    public SourceKind Kind { get; init; }

    /// <summary>File: absolute path.</summary>
    public string? Path { get; init; }

    /// <summary>File: format, when the ending does not show it.</summary>
    public string? Input { get; init; }

    /// <summary>File: sheet of a workbook.</summary>
    public string? Sheet { get; init; }

    public bool Delta { get; init; }

    public ImmutableHashSet<string> IgnoreColumns { get; init; } = [];

    /// <summary>Sql: what is asked; null for files.</summary>
    public SqlQuery? Query { get; init; }
}
