using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Engine.Records;

/// <summary>One row of an authoritative list, read. A row with an error writes nothing for its user (docs/sources.md#row-errors).</summary>
/// <param name="Ordinal">Position among the rows, from 0; the order of reports.</param>
/// <param name="Place">File and row, for messages.</param>
/// <param name="UserText">The user as the source wrote it; empty when the cell is blank.</param>
/// <param name="Key">How to find the user; null when the cell does not name one.</param>
/// <param name="Desired">What the row wants, as far as it could be read.</param>
/// <param name="AsOf">When the source last knew the row to be true.</param>
/// <param name="Diagnostics">Everything wrong with the row, all at once.</param>
public sealed record SourceRow(
    long Ordinal,
    Place Place,
    string UserText,
    UserKey? Key,
    DesiredMethods Desired,
    DateTimeOffset? AsOf,
    ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>Under which condition the row is in force; null, as for all rows of sources: always.</summary>
    public RowCondition? Condition { get; init; }

    /// <summary>The name by which the row knows its user; null when it names the object id itself, which cannot move.</summary>
    /// <param name="uid">The object id that the name belongs to now.</param>
    public string? NameOf(string uid)
    {
        if (Key is not { } key) return null;
        return key.Kind == UserKeyKind.Name && string.Equals(key.Value, uid, StringComparison.OrdinalIgnoreCase) ? null : key.ToString();
    }

    public bool IsValid => Key is not null && !Diagnostics.Any(d => d.Severity == Severity.Error);
}
