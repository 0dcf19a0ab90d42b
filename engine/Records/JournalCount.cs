namespace ProvisioningConnector.Engine.Records;

/// <summary>What the journal of a run holds of the users who have operations, counted.</summary>
public sealed record JournalCount
{
    /// <summary>Users who have a result, by outcome.</summary>
    public OutcomeCounts Settled { get; init; } = new();

    /// <summary>Users who were begun and have no result, by what it would be if the run came no further.</summary>
    public OutcomeCounts Begun { get; init; } = new();

    /// <summary>Operations that have an outcome.</summary>
    public OperationOutcomeCounts Operations { get; init; } = new();

    /// <summary>Operations with an intent and no outcome: they may have been applied.</summary>
    public long Open { get; init; }

    /// <summary>Users without a result, begun or not, of a plan that changes so many.</summary>
    public long Unsettled(Summary plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Math.Max(0, plan.Changed - Settled.Total);
    }

    /// <summary>With one more user.</summary>
    public JournalCount Plus(RunUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        if (user.Planned.Plan.Operations.IsEmpty) return this;
        if (user.Result is { } result)
        {
            return this with
            {
                Settled = Settled.Plus(result.Outcome),
                Operations = result.Operations.Aggregate(Operations, static (counts, one) => counts.Plus(one.Outcome)),
            };
        }

        if (!user.HasBegun) return this;
        return this with
        {
            Begun = Begun.Plus(LeftUsers.ResultOf(user).Outcome),
            Operations = user.Recorded.Values.Aggregate(Operations, static (counts, one) => counts.Plus(one.Outcome)),
            Open = Open + user.OpenIntents.Length,
        };
    }

    /// <summary>Counts all users of a run.</summary>
    public static async ValueTask<JournalCount> OfAsync(IAsyncEnumerable<RunUser> users, CancellationToken cancellation)
    {
        JournalCount count = new();
        await foreach (RunUser user in users.WithCancellation(cancellation)) count = count.Plus(user);
        return count;
    }

    /// <summary>The head of a run that goes on, with what is settled so far.</summary>
    public RunHeader SoFar(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run with { Outcomes = Settled, Operations = Operations };
    }

    /// <summary>The head of a run that is no longer running: users it never came to and
    /// operations that were not sent are skipped, so that the sums are those of the plan.</summary>
    public RunHeader AsLeft(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        OutcomeCounts users = Settled.Plus(Begun);
        OperationOutcomeCounts operations = Operations.Plus(OperationOutcome.Unknown, Open);
        return run with
        {
            Outcomes = users with { Skipped = users.Skipped + Math.Max(0, run.Plan.Summary.Changed - users.Total) },
            Operations = operations.Plus(OperationOutcome.Skipped, Math.Max(0, run.Plan.Summary.Operations.Total - operations.Total)),
        };
    }
}
