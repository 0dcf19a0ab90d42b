using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>
/// When the writes of a run were sent, counted in at most <see cref="MostColumns"/> columns of equal width. The width doubles whenever a write does not fit,
/// so that memory grows neither with writes nor with time.
/// </summary>
internal sealed class WritesOverTime
{
    public const int MostColumns = 60;

    private Column[] _columns = [];
    private DateTimeOffset _begin;

    /// <summary>What one column spans.</summary>
    public TimeSpan Width { get; private set; } = TimeSpan.FromSeconds(1);

    /// <summary>The columns up to the last one that holds a write; empty when nothing was sent.</summary>
    public IReadOnlyList<Column> Columns => _columns[..(Array.FindLastIndex(_columns, static column => column.Total > 0) + 1)];

    /// <summary>Counts the writes of a user.</summary>
    /// <param name="begin">When the run started; writes before it count as sent then.</param>
    /// <param name="user">The user.</param>
    public void Add(DateTimeOffset begin, UserEntry user)
    {
        foreach (OperationEntry operation in user.Operations)
        {
            if (operation is { SentAt: { } sent, Outcome: { } outcome }) Add(begin, sent, outcome);
        }
    }

    private void Add(DateTimeOffset begin, DateTimeOffset sent, OperationOutcome outcome)
    {
        if (_columns.Length == 0) (_columns, _begin) = (new Column[MostColumns], begin);
        TimeSpan since = sent > _begin ? sent - _begin : TimeSpan.Zero;
        while (since >= Width * MostColumns) Halve();
        ref Column column = ref _columns[(int)(since / Width)];
        column = outcome == OperationOutcome.Done ? column with { Done = column.Done + 1 } : column with { Other = column.Other + 1 };
    }

    private void Halve()
    {
        Width *= 2;
        for (int i = 0; i < MostColumns; i++)
        {
            _columns[i] = 2 * i + 1 < MostColumns
                ? new(_columns[2 * i].Done + _columns[2 * i + 1].Done, _columns[2 * i].Other + _columns[2 * i + 1].Other) : default;
        }
    }

    /// <summary>Writes of one span.</summary>
    /// <param name="Done">Those that were done.</param>
    /// <param name="Other">Those that failed, or of which it is not known.</param>
    internal readonly record struct Column(long Done, long Other)
    {
        public long Total => Done + Other;
    }
}
