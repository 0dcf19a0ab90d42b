using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Readiness;

/// <summary>Exact counts over people that are added one by one. Not for several threads.</summary>
public sealed class ReadinessCounts
{
    private static readonly ImmutableArray<Band> AllBands = [.. Enum.GetValues<Band>()];
    private readonly long[] _bands = new long[AllBands.Length];
    private readonly Dictionary<string, long[]> _departments = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long[]> _languages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, long[]> _managers = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<DateOnly, long[]> _prompts = [];
    private readonly SortedDictionary<string, long> _flags = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _why = new(StringComparer.Ordinal);

    /// <summary>All people.</summary>
    public long Total { get; private set; }

    /// <summary>People whom password reset leaves.</summary>
    public long LoseReset { get; private set; }

    /// <summary>People of whom that is not known although they have a phone.</summary>
    public long ResetNotKnown { get; private set; }

    public long this[Band band] => _bands[(int)band];

    /// <summary>People in B0 to B3.</summary>
    public long Affected => AllBands.Where(Bands.IsAffected).Sum(band => this[band]);

    /// <summary>People per band, by department; people without one are under the empty name.</summary>
    public IEnumerable<KeyValuePair<string, BandCounts>> Departments => Rows(_departments);

    /// <summary>People per band, by preferred language; people without one are under the empty name.</summary>
    public IEnumerable<KeyValuePair<string, BandCounts>> Languages => Rows(_languages);

    /// <summary>People per band, by manager; people without one are under the empty name.</summary>
    public IEnumerable<KeyValuePair<string, BandCounts>> Managers => Rows(_managers);

    /// <summary>How many people have each flag, by its name.</summary>
    public IReadOnlyDictionary<string, long> Flags => _flags;

    /// <summary>Why people are in the band "?", and how many for each reason.</summary>
    public IReadOnlyDictionary<string, long> WhyUnknown => _why;

    /// <summary>People who are prompted, by date, and what comes of it.</summary>
    public IEnumerable<PromptCounts> Prompts => _prompts.Select(static pair => new PromptCounts(pair.Key, [.. pair.Value]));

    /// <summary>People per band.</summary>
    public BandCounts ByBand => new([.. _bands]);

    public void Add(PersonReadiness person)
    {
        ArgumentNullException.ThrowIfNull(person);
        Total++;
        _bands[(int)person.Band]++;
        if (person.LosesReset) LoseReset++;
        if (person.Flags.HasFlag(Circumstances.ResetUnknown)) ResetNotKnown++;
        Row(_departments, person.Facts.Department)[(int)person.Band]++;
        Row(_languages, person.Facts.Language)[(int)person.Band]++;
        Row(_managers, person.Facts.Manager)[(int)person.Band]++;
        foreach (Circumstances flag in Enum.GetValues<Circumstances>())
        {
            if (flag != Circumstances.None && person.Flags.HasFlag(flag)) Increment(_flags, flag.Name());
        }

        if (person.Band == Band.Unknown) Increment(_why, person.Facts.WhyUnknown ?? "certificates are in scope");
        if (person.Prompt == PromptOutcome.None) return;
        if (!_prompts.TryGetValue(person.Retires.On, out long[]? prompts))
        {
            _prompts[person.Retires.On] = prompts = new long[Enum.GetValues<PromptOutcome>().Length];
        }

        prompts[(int)person.Prompt]++;
    }

    private static void Increment(SortedDictionary<string, long> counts, string name) => counts[name] = counts.GetValueOrDefault(name) + 1;

    private static long[] Row(Dictionary<string, long[]> rows, string? name)
    {
        string key = name?.Trim() ?? string.Empty;
        if (!rows.TryGetValue(key, out long[]? row)) rows[key] = row = new long[AllBands.Length];
        return row;
    }

    private static IEnumerable<KeyValuePair<string, BandCounts>> Rows(Dictionary<string, long[]> rows) =>
        rows.OrderBy(static row => row.Key, StringComparer.OrdinalIgnoreCase)
            .Select(static row => KeyValuePair.Create(row.Key, new BandCounts([.. row.Value])));
}

/// <summary>People per band.</summary>
/// <param name="Values">By the number of <see cref="Band"/>.</param>
public readonly record struct BandCounts(ImmutableArray<long> Values)
{
    public long this[Band band] => Values[(int)band];

    public long Total => Values.Sum();

    /// <summary>People in B0 to B3.</summary>
    public long Affected
    {
        get
        {
            BandCounts counts = this;
            return Enum.GetValues<Band>().Where(Bands.IsAffected).Sum(band => counts[band]);
        }
    }

    public BandCounts Plus(BandCounts other) => new([.. Values.Zip(other.Values, static (a, b) => a + b)]);
}

/// <summary>People who are prompted at a date.</summary>
/// <param name="On">The date.</param>
/// <param name="Values">By the number of <see cref="PromptOutcome"/>.</param>
public readonly record struct PromptCounts(DateOnly On, ImmutableArray<long> Values)
{
    public long this[PromptOutcome outcome] => Values[(int)outcome];

    public long Prompted => Values.Sum();

    /// <summary>Of them, those who cannot get through for a known cause.</summary>
    public long Stuck
    {
        get
        {
            PromptCounts counts = this;
            return Enum.GetValues<PromptOutcome>().Where(ReadinessRules.IsStuck).Sum(outcome => counts[outcome]);
        }
    }
}
