using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>What a saved plan keeps of the source row and of the directory's user, beyond what every report shows.</summary>
public sealed record RowEntry
{
    /// <summary>Position among the rows, from 0.</summary>
    public required long Ordinal { get; init; }

    /// <summary>When the source last knew the row to be true.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>The directory's user as it was resolved; null when there was none.</summary>
    public required DirectoryUser? Account { get; init; }
}
