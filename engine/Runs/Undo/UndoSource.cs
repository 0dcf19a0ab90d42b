using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Undo;

/// <summary>Under which terms a run is undone.</summary>
/// <param name="Now">When.</param>
/// <param name="MaxAge">What was sent longer ago stays (<c>UndoMaxAge</c>, docs/safety.md#undo).</param>
/// <param name="SentAt">When writes were sent of which it is not known: the run's end or beginning.</param>
/// <param name="Source">What the source says today; null when it was not given.</param>
public sealed record UndoTerms(DateTimeOffset Now, TimeSpan MaxAge, DateTimeOffset SentAt, UndoSource? Source);

/// <summary>What the source wants today of the users of a run, found as the source named them then.</summary>
public sealed class UndoSource
{
    private readonly ImmutableDictionary<UserKey, DesiredMethods?> _rows;

    private UndoSource(ImmutableDictionary<UserKey, DesiredMethods?> rows) => _rows = rows;

    /// <summary>Keeps the rows of these users only.</summary>
    public static async Task<UndoSource> ReadAsync(IAsyncEnumerable<SourceRow> rows, IReadOnlySet<UserKey> users, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(users);
        ImmutableDictionary<UserKey, DesiredMethods?>.Builder found = ImmutableDictionary.CreateBuilder<UserKey, DesiredMethods?>();
        await foreach (SourceRow row in rows.WithCancellation(cancellation))
        {
            if (row.Key is not { } key || !users.Contains(key)) continue;
            // A row that cannot be read, and two rows of one user, are not what they were.
            found[key] = found.ContainsKey(key) || !row.IsValid ? null : row.Desired;
        }

        return new UndoSource(found.ToImmutable());
    }

    /// <summary>What is wanted today; null when there is no such row, or none that says it clearly.</summary>
    public DesiredMethods? From(SourceRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Key is { } key ? _rows.GetValueOrDefault(key) : null;
    }
}
