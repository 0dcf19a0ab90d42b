using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Commands;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>A document whose users are streamed: what every rendering takes.</summary>
/// <param name="Head">Everything except the users.</param>
/// <param name="Users">Begins to read the users, in source order; may be called several times and then gives the same ones.</param>
public sealed record Report(ReportHeader Head, Func<CancellationToken, IAsyncEnumerable<UserEntry>> Users)
{
    /// <summary>What was typed and written; what is proposed next repeats it. Not part of the document.</summary>
    public CommandContext Context { get; init; } = CommandContext.None;

    /// <summary>The full report of a plan.</summary>
    public static Report From(PlanHeader plan, Func<CancellationToken, IAsyncEnumerable<PlannedUser>> users, KeyedDigests digests) =>
        new(PlanDocuments.From(plan), cancellation => Entries(users, digests, cancellation));

    /// <summary>The full report of a run.</summary>
    public static Report From(RunHeader run, Func<CancellationToken, IAsyncEnumerable<RunUser>> users, KeyedDigests digests) =>
        new(PlanDocuments.From(run), cancellation => Entries(users, digests, cancellation));

    /// <summary>The same report with everything hidden that is to be hidden; itself when it already is (docs/documents.md#masking).</summary>
    public Report Mask(KeyedDigests digests) => Head.Masked
        ? this
        : this with { Head = Masking.Mask(Head), Users = cancellation => Masked(digests, cancellation) };

    private async IAsyncEnumerable<UserEntry> Masked(KeyedDigests digests, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (UserEntry entry in Users(cancellation).WithCancellation(cancellation)) yield return Masking.Mask(entry, digests);
    }

    private static async IAsyncEnumerable<UserEntry> Entries(
        Func<CancellationToken, IAsyncEnumerable<PlannedUser>> users, KeyedDigests digests, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (PlannedUser user in users(cancellation).WithCancellation(cancellation))
        {
            if (user.Plan.Situation != Situation.Equal) yield return UserEntries.From(user, digests);
        }
    }

    private static async IAsyncEnumerable<UserEntry> Entries(
        Func<CancellationToken, IAsyncEnumerable<RunUser>> users, KeyedDigests digests, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (RunUser user in users(cancellation).WithCancellation(cancellation))
        {
            if (user.Planned.Plan.Situation != Situation.Equal) yield return UserEntries.From(user, digests);
        }
    }
}
