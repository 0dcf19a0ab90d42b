using System.Collections.Immutable;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Memory;

/// <summary>Counts what a run applied, hour by hour.</summary>
/// <param name="fallback">When writes were sent of which it is not known.</param>
internal sealed class AppliedCount(DateTimeOffset fallback)
{
    private readonly SortedDictionary<long, AppliedHour> _hours = [];

    public ImmutableArray<AppliedHour> Hours => [.. _hours.Values];

    public void Observe(RunUser user)
    {
        ImmutableArray<Operation> operations = user.Planned.Plan.Operations;
        DateTimeOffset? lastPhoneAt = null;
        bool phonesGone = user.Planned.Plan.LosesLastPhone;
        for (int i = 0; i < operations.Length; i++)
        {
            bool applied = IsApplied(user, i, out DateTimeOffset? sentAt);
            DateTimeOffset at = sentAt ?? fallback;
            if (applied) Add(at, Count(operations[i].Action));
            if (operations[i] is not Operation.DeletePhone) continue;
            if (applied) lastPhoneAt = at;
            phonesGone &= applied || IsAlreadySo(user, i);
        }

        if (phonesGone && lastPhoneAt is { } when) Add(when, new AppliedWrites(LastPhone: 1));
    }

    /// <summary>Whether an operation was, or may have been, applied.</summary>
    public static bool IsApplied(RunUser user, int index, out DateTimeOffset? sentAt)
    {
        OperationResult? result = ResultOf(user, index);
        sentAt = result?.SentAt;
        return user.OpenIntents.Contains(index) || result is { Outcome: OperationOutcome.Done or OperationOutcome.Unknown };
    }

    /// <summary>How many of a user's operations were sent, whatever became of them.</summary>
    public static int Sent(RunUser user) => Enumerable.Range(0, user.Planned.Plan.Operations.Length).Count(index => ResultOf(user, index)?.SentAt is not null);

    private static bool IsAlreadySo(RunUser user, int index) => ResultOf(user, index) is { CountsAsDone: true };

    private static OperationResult? ResultOf(RunUser user, int index) =>
        user.Result is { } whole ? whole.Operations[index] : user.Recorded.GetValueOrDefault(index);

    private static AppliedWrites Count(OperationAction action) => action switch
    {
        OperationAction.Add => new(Add: 1),
        OperationAction.Update => new(Update: 1),
        OperationAction.Delete => new(Delete: 1),
        OperationAction.Enable or OperationAction.Disable or OperationAction.Prefer or OperationAction.Reset => AppliedWrites.None,
    };

    private void Add(DateTimeOffset at, AppliedWrites writes)
    {
        long hour = at.UtcTicks / TimeSpan.TicksPerHour;
        _hours[hour] = _hours.TryGetValue(hour, out AppliedHour? known)
            ? new AppliedHour(at > known.Latest ? at : known.Latest, known.Writes.Plus(writes))
            : new AppliedHour(at, writes);
    }
}
