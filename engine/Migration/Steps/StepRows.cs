using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>
/// A survey of the tenant as a list of what a step wants: people of the band that the step is for, or those who are named, each read anew. People who are
/// named and may not be changed are rows with the reason.
/// </summary>
/// <param name="step">The step.</param>
/// <param name="source">How the tenant is read.</param>
/// <param name="readiness">Settings of the survey.</param>
/// <param name="people">Reads people anew.</param>
/// <param name="time">The clock.</param>
public sealed class StepRows(
    PlanOrigin.Migration step, MigrationSource source, ReadinessSettings readiness, MigratingPeople people, TimeProvider time) : IRowSource
{
    /// <summary>People who are read at the same time; how many requests are on their way is the gate's business.</summary>
    private const int AtATime = 16;

    private const int Batch = 256;

    /// <summary>For whom; by default everybody of the step's band.</summary>
    public StepSelection Selection { get; init; } = StepSelection.Everybody;

    /// <summary>An authoritative list to compare with; null: none.</summary>
    public SourcePhones? Phones { get; init; }

    /// <inheritdoc/>
    public string Name => step.Name;

    /// <inheritdoc/>
    public bool IsDelta => true;

    /// <inheritdoc/>
    public PlanOrigin Origin => step;

    /// <inheritdoc/>
    public DateTimeOffset? WrittenAt => null;

    /// <inheritdoc/>
    public string? Sha256 => null;

    /// <inheritdoc/>
    public ImmutableArray<Diagnostic> Notes => [];

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<Candidate> candidates = await CandidatesAsync(cancellation);
        foreach (Candidate[] batch in candidates.Chunk(Batch))
        {
            SourceRow?[] rows = new SourceRow?[batch.Length];
            await BoundedConcurrency.ForEachAsync(Enumerable.Range(0, batch.Length).ToAsyncEnumerable(), AtATime,
                async (i, token) => rows[i] = await RowAsync(batch[i], token), cancellation);
            foreach (SourceRow? row in rows)
            {
                if (row is not null) yield return row;
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask PlannedAsync(IPlanSpool spool, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>From the survey only who is asked about and whether the list has their numbers; everything else is read anew.</summary>
    private async Task<List<Candidate>> CandidatesAsync(CancellationToken cancellation)
    {
        List<Candidate> found = [];
        IReadOnlySet<string>? members = Selection.Group is { } group ? await WholeGroup.ReadAsync(source.Readiness, group, cancellation) : null;
        HashSet<UserKey> left = [.. Selection.Users ?? []];
        ReadinessSurvey survey = new(source.Readiness, source.Methods, source.Changes, readiness, time, Phones);
        await survey.RunAsync(live: false, source.IsPublicCloud, (person, _) =>
        {
            if (IsChosen(person, members, left)) found.Add(new Candidate(found.Count, person.Facts.Uid, person.Facts.User, person.Facts.SourcePhone));
            return ValueTask.CompletedTask;
        }, cancellation);
        // Whom the directory does not know is a row all the same, so that the plan says so.
        foreach (UserKey key in (Selection.Users ?? []).Where(left.Contains)) found.Add(new Candidate(found.Count, null, key.ToString(), SourcePhone.NotAsked));
        return found;
    }

    private bool IsChosen(PersonReadiness person, IReadOnlySet<string>? members, HashSet<UserKey> left)
    {
        if (members is not null) return members.Contains(person.Facts.Uid);
        if (Selection.Users is not null)
        {
            bool byId = left.Remove(new UserKey(UserKeyKind.Name, person.Facts.Uid));
            return left.Remove(new UserKey(UserKeyKind.Name, person.Facts.User)) || byId;
        }

        return step.Step switch
        {
            PlanOrigin.Migration.Default => person.Band is Band.DefaultIsPhone or Band.SmsSignIn,
            // The survey takes SMS sign-in from the policy; whether it is on, the fresh reading shows.
            PlanOrigin.Migration.Cleanup => person.Band is Band.PhoneLeft or Band.SmsSignIn,
            _ => throw new UnreachableException(step.Step),
        };
    }

    private async ValueTask<SourceRow?> RowAsync(Candidate candidate, CancellationToken cancellation)
    {
        SourceRow row = new(candidate.Ordinal, new Place(step.Name), candidate.User,
            candidate.Uid is { } id ? new UserKey(UserKeyKind.Name, id) : UserKey.TryParse(candidate.User, out UserKey key) ? key : null,
            new DesiredMethods(), null, [])
        {
            Condition = new RowCondition(),
        };
        if (candidate.Uid is not { } uid) return row;
        MigratingPerson? person = await people.ReadAsync(uid, cancellation);
        if (person is null) return StepDrafts.NotRead(row);
        MigrationTerms terms = await people.TermsAsync(cancellation);
        return step.Step switch
        {
            PlanOrigin.Migration.Cleanup => StepDrafts.Cleanup(row, person, terms, candidate.Listed),
            PlanOrigin.Migration.Default => StepDrafts.Default(row, person, terms,
                await source.Methods.ReadDefaultAsync(uid, cancellation)),
            _ => throw new UnreachableException(step.Step),
        };
    }

    /// <summary>Someone to be read anew.</summary>
    /// <param name="Ordinal">Place among the rows.</param>
    /// <param name="Uid">Object id; null: the directory does not know them.</param>
    /// <param name="User">Name for reports.</param>
    /// <param name="Listed">Whether the authoritative list has numbers of theirs.</param>
    private sealed record Candidate(long Ordinal, string? Uid, string User, SourcePhone Listed);
}
