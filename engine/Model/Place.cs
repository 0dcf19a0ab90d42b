namespace ProvisioningConnector.Engine.Model;

/// <summary>Where in a source something stands.</summary>
/// <param name="Source">File name or the source's name.</param>
/// <param name="Row">Line or row number as the person sees it in an editor, from 1; null for the whole file.</param>
/// <param name="Column">Column name; null for the whole row.</param>
public sealed record Place(string Source, long? Row = null, string? Column = null)
{
    public override string ToString() =>
        (Row, Column) switch
        {
            (null, _) => Source,
            ({ } row, null) => $"{Source}:{row}",
            ({ } row, { } column) => $"{Source}:{row} ({column})",
        };
}
