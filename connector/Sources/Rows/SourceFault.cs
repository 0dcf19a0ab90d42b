using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>Why a source cannot be used.</summary>
/// <param name="Code">Stable, camelCase; the codes are in <see cref="FileFaults"/>.</param>
/// <param name="Message">What is wrong; never a full phone number.</param>
/// <param name="Advice">What to do next.</param>
/// <param name="Place">Where.</param>
public sealed record SourceFault(string Code, string Message, string Advice, Place Place);

/// <summary>
/// A source that cannot be used (the file errors of docs/sources.md#file-errors): the run ends with exit 1 and nothing is written.
/// It may come while the rows are being read, since sources are larger than memory; a plan made so far is void.
/// </summary>
public sealed class SourceException : Exception
{
    public SourceException(SourceFault fault)
        : this([fault])
    {
    }

    public SourceException(ImmutableArray<SourceFault> faults, ImmutableArray<Diagnostic> rows = default)
        : base(string.Join(Environment.NewLine, faults.Select(fault => $"{fault.Place}: {fault.Message} {fault.Advice}")))
    {
        Faults = faults;
        Rows = rows.IsDefault ? [] : rows;
    }

    /// <summary>Everything that is wrong with the source, at least one.</summary>
    public ImmutableArray<SourceFault> Faults { get; }

    /// <summary>Errors of rows that belong to the fault (no valid row): the first ones.</summary>
    public ImmutableArray<Diagnostic> Rows { get; }
}
