using System.Collections.Immutable;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Readiness;

/// <summary>From what a survey found to the document.</summary>
public static class TenantReadinessBuilder
{
    /// <param name="tenant">The tenant.</param>
    /// <param name="runId">This run.</param>
    /// <param name="result">What was found.</param>
    /// <param name="change">Against an earlier run; null: none.</param>
    /// <param name="earlier">Earlier runs, oldest first.</param>
    public static TenantReadiness Make(
        TenantIdentity tenant, string runId, SurveyResult result, ReadinessChange? change, ImmutableArray<ReadinessSnapshot> earlier)
    {
        ArgumentNullException.ThrowIfNull(result);
        ReadinessCounts counts = result.Counts;
        ReadinessSnapshot now = ReadinessSnapshot.From(counts, runId, result.Terms.At, result.Live);
        return new TenantReadiness
        {
            Tenant = tenant, RunId = runId, CreatedAt = result.Terms.At, AsOf = result.Live ? "live" : "report", Dates = Dates(result),
            Total = counts.Total, Affected = counts.Affected,
            Bands = [.. Enum.GetValues<Band>().Select(band => new BandEntry(band.Name(), band.Meaning(), counts[band]))], Headline = Headline(result),
            Flags = counts.Flags.ToImmutableSortedDictionary(StringComparer.Ordinal),
            WhyUnknown = counts.WhyUnknown.ToImmutableSortedDictionary(StringComparer.Ordinal), Departments = Groups(counts.Departments),
            Languages = Groups(counts.Languages), Managers = result.ByManager ? Groups(counts.Managers) : [],
            Unknown = [.. result.Unknown.All.Select(static u => new UnknownEntry(u.Column, u.Why.Message, u.Why.Advice, u.Why.Code))],
            Findings = [.. result.Findings.Select(static f => new FindingEntry(f.Code, f.Urgent, f.Message, f.Remedy))], Report = Report(result),
            Change = change is null ? null : Change(change), History = [.. earlier.Append(now).Select(Point)], Requests = Requests(result),
        };
    }

    private static DatesEntry? Dates(SurveyResult result)
    {
        if (result.Terms.Dates is not { } dates) return null;
        DateOnly today = DateOnly.FromDateTime(result.Terms.At.UtcDateTime);
        int days = dates.Members.DayNumber - today.DayNumber;
        int working = Enumerable.Range(0, Math.Max(0, days)).Count(day => today.AddDays(day).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));
        double? pace = working == 0 ? null : Math.Round((double)result.Counts.Affected / working, 1);
        return new DatesEntry(dates.Members, dates.GlobalAdministratorsAndExternals, dates.ProviderFinished, days, working, pace, dates.Source, dates.ReadOn);
    }

    private static HeadlineEntry Headline(SurveyResult result)
    {
        ImmutableArray<PromptEntry> dates = [.. result.Counts.Prompts.Select(static prompt => new PromptEntry(prompt.On, prompt.Prompted, prompt.Stuck,
            Enum.GetValues<PromptOutcome>().Where(outcome => prompt[outcome] > 0)
                .ToImmutableSortedDictionary(static outcome => outcome.Name(), outcome => prompt[outcome], StringComparer.Ordinal)))];
        PromptCounts? first = result.Terms.Dates is { } known
            ? result.Counts.Prompts.Where(prompt => prompt.On == known.Members).Select(static prompt => (PromptCounts?)prompt).FirstOrDefault() : null;
        return new HeadlineEntry(first?.Prompted ?? 0, first?.Stuck ?? 0, first is { } at ? at[PromptOutcome.NotKnown] : 0, dates, result.Counts.LoseReset,
            result.Counts.ResetNotKnown);
    }

    private static ImmutableArray<GroupEntry> Groups(IEnumerable<KeyValuePair<string, BandCounts>> groups) =>
    [
        .. groups.Select(static group => new GroupEntry(group.Key, group.Value.Total, group.Value.Affected, Enum.GetValues<Band>()
            .Where(band => group.Value[band] > 0).ToImmutableSortedDictionary(static band => band.Name(), band => group.Value[band], StringComparer.Ordinal)))
            .OrderByDescending(static group => group.Affected).ThenBy(static group => group.Name, StringComparer.Ordinal),
    ];

    private static ReportEntry Report(SurveyResult result)
    {
        ReportComparison comparison = result.Comparison;
        return new ReportEntry(result.ReportRead, comparison.Missing, comparison.MissingDisabled, comparison.RowsWithoutPerson, comparison.Different,
            [.. comparison.Differences.Select(static d => new DifferenceEntry(d.Method, d.Ours, d.Report))]);
    }

    private static ChangeEntry Change(ReadinessChange change) => new(change.Earlier.RunId, change.Earlier.At, change.IsWorse,
        change.Now.Bands.Affected - change.Earlier.Bands.Affected, Enum.GetValues<Band>().Where(band => change[band] != 0)
            .ToImmutableSortedDictionary(static band => band.Name(), band => change[band], StringComparer.Ordinal));

    private static HistoryPoint Point(ReadinessSnapshot snapshot) =>
        new(snapshot.RunId, snapshot.At, snapshot.Bands.Affected, snapshot.Prompted, snapshot.Bands[Band.Unknown], snapshot.Bands.Total);

    private static RequestsEntry Requests(SurveyResult result)
    {
        SurveyRequests requests = result.Requests;
        double all = requests.Reports + requests.Directory + requests.LiveItems;
        return new RequestsEntry(requests.Reports, requests.Directory, requests.LiveBatches, requests.LiveItems,
            result.Counts.Total == 0 ? 0 : Math.Round(all / result.Counts.Total, 3));
    }
}
