using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Readiness;

/// <summary>What is kept of a run: counts only, and no cell that would point at a few people.</summary>
public sealed record ReadinessSnapshot
{
    /// <summary>Fewest people that a cell may show.</summary>
    public const int SmallestCell = 10;

    /// <summary>The row into which small departments are merged.</summary>
    public const string MergedName = "(merged)";

    public required string RunId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether everybody was read live.</summary>
    public required bool Live { get; init; }

    public required BandCounts Bands { get; init; }

    public required long Prompted { get; init; }

    public required long Stuck { get; init; }

    public required long LoseReset { get; init; }

    public required ImmutableArray<DepartmentCells> Departments { get; init; }

    public static ReadinessSnapshot From(ReadinessCounts counts, string runId, DateTimeOffset at, bool live)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return new ReadinessSnapshot
        {
            RunId = runId, At = at, Live = live, Bands = counts.ByBand, Prompted = counts.Prompts.Sum(static p => p.Prompted),
            Stuck = counts.Prompts.Sum(static p => p.Stuck), LoseReset = counts.LoseReset, Departments = Cells(counts.Departments),
        };
    }

    /// <summary>Departments with their bands; bands of fewer than ten people are one number, and where that is small too the department is merged.</summary>
    private static ImmutableArray<DepartmentCells> Cells(IEnumerable<KeyValuePair<string, BandCounts>> departments)
    {
        ImmutableArray<DepartmentCells>.Builder cells = ImmutableArray.CreateBuilder<DepartmentCells>();
        BandCounts? rest = null;
        foreach ((string name, BandCounts counts) in departments)
        {
            DepartmentCells row = Row(name, counts);
            if (row.Merged is 0 or >= SmallestCell) cells.Add(row);
            else rest = rest is { } others ? others.Plus(counts) : counts;
        }

        if (rest is { } merged) cells.Add(Row(MergedName, merged));
        return cells.ToImmutable();
    }

    private static DepartmentCells Row(string name, BandCounts counts) => new(
        name, [.. counts.Values.Select(static count => count >= SmallestCell ? count : 0)], counts.Values.Where(static count => count < SmallestCell).Sum());
}

/// <summary>A department in what is kept of a run.</summary>
/// <param name="Name">The department; <see cref="ReadinessSnapshot.MergedName"/> for the rest.</param>
/// <param name="Values">People by the number of their <see cref="Band"/>; 0 where fewer than ten.</param>
/// <param name="Merged">The people of all bands with fewer than ten.</param>
public sealed record DepartmentCells(string Name, ImmutableArray<long> Values, long Merged);

/// <summary>A run beside an earlier one.</summary>
/// <param name="Earlier">The earlier run.</param>
/// <param name="Now">This run.</param>
public sealed record ReadinessChange(ReadinessSnapshot Earlier, ReadinessSnapshot Now)
{
    /// <summary>Whether more people are affected, prompted, stuck or about to lose their reset, or more are not known.</summary>
    public bool IsWorse => Now.Bands.Affected > Earlier.Bands.Affected || Now.Prompted > Earlier.Prompted || Now.Stuck > Earlier.Stuck
        || Now.LoseReset > Earlier.LoseReset || Now.Bands[Band.Unknown] > Earlier.Bands[Band.Unknown];

    /// <summary>People more (or fewer) in a band.</summary>
    public long this[Band band] => Now.Bands[band] - Earlier.Bands[band];
}
