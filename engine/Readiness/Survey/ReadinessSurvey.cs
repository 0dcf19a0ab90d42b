using System.Collections.Immutable;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>
/// Reads one tenant and judges everybody in it. It has no member that writes, and needs none. People are streamed: what is kept of each is
/// their row of the report, and the ids of groups.
/// </summary>
/// <param name="reader">Directory, policy, groups, roles, report.</param>
/// <param name="methods">People's methods.</param>
/// <param name="changes">The audit log, which shows whether a row of the report is too old.</param>
/// <param name="settings">What the configuration says.</param>
/// <param name="time">The clock.</param>
/// <param name="source">The numbers of an authoritative list; null: none is compared.</param>
public sealed class ReadinessSurvey(
    IReadinessReader reader, IMethodsReader methods, IChangeFeed changes, ReadinessSettings settings, TimeProvider time, SourcePhones? source = null)
{
    /// <summary>Batches of people that are read live at the same time.</summary>
    private const int BatchesAtATime = 25;

    /// <param name="live">Whether everybody is read live; otherwise only where the report does not suffice.</param>
    /// <param name="publicCloud">Whether the tenant lies in the public cloud; no date is announced for the others.</param>
    /// <param name="add">Receives each person, in the order of the directory.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="TenantException">The tenant cannot be reached, or its directory not be read.</exception>
    public async Task<SurveyResult> RunAsync(
        bool live, bool publicCloud, Func<PersonReadiness, CancellationToken, ValueTask> add, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(add);
        SurveyFacts facts = await new SurveyReading(reader, changes, settings, time).ReadAsync(publicCloud, live, source, cancellation);
        LiveReads reads = new(methods, facts, live);
        ReadinessCounts counts = new();
        ReportComparison comparison = new();
        await foreach (PeoplePage page in reader.PeopleAsync(settings.LastSignIn, cancellation))
        {
            facts.Left(page.LeftOut);
            PersonFacts[] people = [.. page.People.Select(person => facts.Person(person))];
            await BoundedConcurrency.ForEachAsync(reads.Batches(people), BatchesAtATime, (batch, token) => reads.ReadAsync(batch, token), cancellation);
            foreach (PersonFacts person in people)
            {
                PersonReadiness judged = ReadinessRules.Judge(person, facts.Terms);
                counts.Add(judged);
                comparison.Add(person, facts.Row(person.Uid)?.Methods);
                await add(judged, cancellation);
            }
        }

        comparison.RowsWithoutPerson = Math.Max(0, facts.Rows - (comparison.People - comparison.Missing));
        SurveyRequests requests = new(reader.Requests.Reports, reader.Requests.Others, reads.Items, reads.Batched);
        return new SurveyResult
        {
            Live = live, Terms = facts.Terms, Counts = counts, Comparison = comparison, Requests = requests, Policy = facts.Policy,
            ByManager = settings.ManagerRollUp, Unknown = facts.Unknown, ReportRead = facts.ReportRead, Findings = TenantFindings.From(facts, counts, settings),
        };
    }
}

/// <summary>What a survey of one tenant found, people apart.</summary>
public sealed record SurveyResult
{
    /// <summary>Whether everybody was read live.</summary>
    public required bool Live { get; init; }

    public required ReadinessTerms Terms { get; init; }

    public required ReadinessCounts Counts { get; init; }

    public required ReportComparison Comparison { get; init; }

    public required SurveyRequests Requests { get; init; }

    /// <summary>Whether counts by manager are to be shown.</summary>
    public required bool ByManager { get; init; }

    /// <summary>Null: not read.</summary>
    public required TenantPolicy? Policy { get; init; }

    /// <summary>Columns that could not be read.</summary>
    public required UnknownColumns Unknown { get; init; }

    /// <summary>Whether the registration report could be read.</summary>
    public required bool ReportRead { get; init; }

    public required ImmutableArray<TenantFinding> Findings { get; init; }
}

/// <summary>What a survey cost; repeated requests are not counted twice.</summary>
/// <param name="Reports">Requests to the registration report.</param>
/// <param name="Directory">Requests to directory, policy, groups and roles.</param>
/// <param name="LiveItems">People read live; each is an item of a batch, or a request.</param>
/// <param name="LiveBatches">Batches they were asked for in.</param>
public sealed record SurveyRequests(long Reports, long Directory, long LiveItems, long LiveBatches);
