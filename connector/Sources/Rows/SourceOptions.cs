using System.Collections.Immutable;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>How a source is to be read.</summary>
/// <param name="Name">What places and reports call it: the file's name, or the name under <c>Sources</c>.</param>
public sealed record SourceOptions(string Name)
{
    /// <summary>Most bytes of one record, unless said otherwise (docs/sources.md#formats: 1 MB).</summary>
    public const int DefaultMaxRecordBytes = 1 << 20;

    /// <summary>Most inflated bytes of a workbook's sheet, unless said otherwise: a million rows have a fifth of it.</summary>
    public const long DefaultMaxInflatedBytes = 2L << 30;

    /// <summary>ISO 3166 country of national numbers in rows without <c>country</c>; the tenant's <c>DefaultCountry</c>.</summary>
    public string? DefaultCountry { get; init; }

    /// <summary>The format; null: by the file's ending. Standard input needs it.</summary>
    public SourceFormat? Format { get; init; }

    /// <summary>The workbook's sheet; null: the first with rows that is visible.</summary>
    public string? Sheet { get; init; }

    /// <summary>Columns that are there and mean nothing (<c>--ignore-columns</c>); spelled as loosely as headers.</summary>
    public ImmutableArray<string> IgnoreColumns { get; init; } = [];

    /// <summary>The source holds only changes (docs/sources.md#formats): shrink checks do not apply.</summary>
    public bool Delta { get; init; }

    /// <summary>Most bytes of one record; above it the file is refused.</summary>
    public int MaxRecordBytes { get; init; } = DefaultMaxRecordBytes;

    /// <summary>Most bytes of one part of a workbook when it is inflated; above it the file is refused.</summary>
    public long MaxInflatedBytes { get; init; } = DefaultMaxInflatedBytes;
}
