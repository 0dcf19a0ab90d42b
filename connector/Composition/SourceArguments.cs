using System.Collections.Immutable;

namespace ProvisioningConnector.Composition;

/// <summary>Which source, and how to read it.</summary>
/// <param name="Source">A path, <c>-</c>, or a name under <c>Sources</c>.</param>
/// <param name="Input">Format, when the ending does not show it.</param>
/// <param name="Sheet">Sheet of a workbook.</param>
/// <param name="IgnoreColumns">Columns to leave aside.</param>
internal sealed record SourceArguments(string Source, string? Input, string? Sheet, ImmutableArray<string> IgnoreColumns)
{
    /// <summary>The source is a name under <c>Sources</c> and nothing else, even if a file is called so.</summary>
    public bool OnlyNamed { get; init; }

    /// <summary>A source of the configuration as it stands there.</summary>
    public static SourceArguments Named(string name) => new(name, null, null, []) { OnlyNamed = true };
}
