using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>The document <c>readiness</c>: one or more tenants, each with its people after it.</summary>
public static class ReadinessDocument
{
    public const string KindName = "readiness";

    public const string Version = "1.0";
}

/// <summary>What was found of one tenant, people apart.</summary>
public sealed record TenantReadiness
{
    public required TenantIdentity Tenant { get; init; }

    public required string RunId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary><c>report</c> or <c>live</c>.</summary>
    public required string AsOf { get; init; }

    /// <summary>Why the tenant could not be read; null when it was. Everything below is empty then.</summary>
    public ErrorDocument? Error { get; init; }

    /// <summary>Null: no date is announced for this kind of tenant.</summary>
    public DatesEntry? Dates { get; init; }

    /// <summary>Number of people.</summary>
    public long Total { get; init; }

    /// <summary>People in B0 to B3.</summary>
    public long Affected { get; init; }

    /// <summary>People by band, in the order of the bands; all bands are there.</summary>
    public ImmutableArray<BandEntry> Bands { get; init; } = [];

    /// <summary>The headline numbers.</summary>
    public HeadlineEntry? Headline { get; init; }

    /// <summary>People by flag.</summary>
    public ImmutableSortedDictionary<string, long> Flags { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Why people are in the band <c>?</c>, and how many for each reason.</summary>
    public ImmutableSortedDictionary<string, long> WhyUnknown { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    public ImmutableArray<GroupEntry> Departments { get; init; } = [];

    public ImmutableArray<GroupEntry> Languages { get; init; } = [];

    /// <summary>Counts by manager; empty unless the configuration asks for them.</summary>
    public ImmutableArray<GroupEntry> Managers { get; init; } = [];

    /// <summary>Columns that could not be read.</summary>
    public ImmutableArray<UnknownEntry> Unknown { get; init; } = [];

    public ImmutableArray<FindingEntry> Findings { get; init; } = [];

    /// <summary>Counts beside those of Microsoft's registration report.</summary>
    public ReportEntry? Report { get; init; }

    /// <summary>Against an earlier run; null when there is none.</summary>
    public ChangeEntry? Change { get; init; }

    /// <summary>Earlier runs and this one, oldest first.</summary>
    public ImmutableArray<HistoryPoint> History { get; init; } = [];

    public RequestsEntry? Requests { get; init; }

    /// <summary>Whether it was read.</summary>
    [JsonIgnore]
    public bool WasRead => Error is null;
}

/// <summary>When Microsoft's SMS and voice end for this tenant, and where that was read.</summary>
/// <param name="Members">For members, internal guests and PIM-eligible administrators.</param>
/// <param name="GlobalAdministratorsAndExternals">For Global Administrators and external users.</param>
/// <param name="ProviderFinished">By then an own telephony provider should be finished.</param>
/// <param name="DaysLeft">Days until <paramref name="Members"/>; negative afterwards.</param>
/// <param name="WorkingDaysLeft">Of them, Mondays to Fridays.</param>
/// <param name="PerWorkingDay">People in B0 to B3 to be helped on each working day; null when none is left.</param>
/// <param name="Source">Where the dates were read.</param>
/// <param name="ReadOn">When they were read.</param>
public sealed record DatesEntry(
    DateOnly Members, DateOnly GlobalAdministratorsAndExternals, DateOnly ProviderFinished, int DaysLeft, int WorkingDaysLeft, double? PerWorkingDay,
    string Source, DateOnly ReadOn);

/// <summary>People in a band.</summary>
public sealed record BandEntry(string Band, string Meaning, long People);

/// <summary>The headline numbers.</summary>
/// <param name="Prompted">People who are prompted at the first date and cannot skip it; all of them have only phones.</param>
/// <param name="CannotGetThrough">Of them, people who cannot complete the prompt, for a known cause.</param>
/// <param name="NotKnown">Of them, people of whom that is not known.</param>
/// <param name="Dates">The same by date, with causes.</param>
/// <param name="LosePasswordReset">People who can reset their password now and will not be able to.</param>
/// <param name="PasswordResetNotKnown">People with a phone of whom that is not known.</param>
public sealed record HeadlineEntry(
    long Prompted, long CannotGetThrough, long NotKnown, ImmutableArray<PromptEntry> Dates, long LosePasswordReset, long PasswordResetNotKnown);

/// <summary>People who are prompted at a date.</summary>
/// <param name="On">The date.</param>
/// <param name="Prompted">How many.</param>
/// <param name="CannotGetThrough">How many of them cannot complete it.</param>
/// <param name="Outcomes">How many by what comes of it.</param>
public sealed record PromptEntry(DateOnly On, long Prompted, long CannotGetThrough, ImmutableSortedDictionary<string, long> Outcomes);

/// <summary>People of a department or language.</summary>
/// <param name="Name">Empty: people without one.</param>
/// <param name="People">How many.</param>
/// <param name="Affected">How many in B0 to B3.</param>
/// <param name="Bands">How many by band; bands without people are left out.</param>
public sealed record GroupEntry(string Name, long People, long Affected, ImmutableSortedDictionary<string, long> Bands);

/// <summary>A column that could not be read.</summary>
public sealed record UnknownEntry(string Column, string Why, string Advice, string Code);

/// <summary>Something about the tenant, with the exact remedy.</summary>
public sealed record FindingEntry(string Code, bool Urgent, string Message, string Remedy);

/// <summary>Counts beside those of Microsoft's registration report.</summary>
/// <param name="Read">Whether the report could be read.</param>
/// <param name="MissingPeople">People whom it does not have.</param>
/// <param name="MissingDisabled">Of them, disabled people.</param>
/// <param name="RowsWithoutPerson">Its rows of people whom the directory does not have.</param>
/// <param name="DifferentPeople">People whose methods, read live, are others than it says.</param>
/// <param name="Differences">Methods of which the numbers of people differ.</param>
public sealed record ReportEntry(
    bool Read, long MissingPeople, long MissingDisabled, long RowsWithoutPerson, long DifferentPeople, ImmutableArray<DifferenceEntry> Differences);

/// <summary>A method that another number of people has than the report says.</summary>
public sealed record DifferenceEntry(string Method, long Ours, long Report);

/// <summary>Against an earlier run.</summary>
/// <param name="RunId">The earlier run.</param>
/// <param name="At">When it was.</param>
/// <param name="Worse">Whether more people are affected, prompted, stuck, about to lose their reset, or unknown.</param>
/// <param name="Affected">People more (or fewer) in B0 to B3.</param>
/// <param name="Bands">People more (or fewer) by band; bands without a difference are left out.</param>
public sealed record ChangeEntry(string RunId, DateTimeOffset At, bool Worse, long Affected, ImmutableSortedDictionary<string, long> Bands);

/// <summary>One run in the line over time.</summary>
public sealed record HistoryPoint(string RunId, DateTimeOffset At, long Affected, long Prompted, long Unknown, long Total);

/// <summary>What it cost; repeated requests are not counted twice.</summary>
/// <param name="Report">Requests to the registration report.</param>
/// <param name="Directory">Requests to directory, policy, groups and roles.</param>
/// <param name="LiveBatches">Batches in which people were read live.</param>
/// <param name="LivePeople">People read live; each is an item of a batch.</param>
/// <param name="PerPerson">Requests and items of batches for each person.</param>
public sealed record RequestsEntry(long Report, long Directory, long LiveBatches, long LivePeople, double PerPerson);
