using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>Entries of users from planned users and their results, full values.</summary>
public static class UserEntries
{
    /// <summary>The entry of a plan: also with everything that applying it needs.</summary>
    public static UserEntry Of(PlannedUser user, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Common(user, null, digests) with
        {
            Row = new() { Ordinal = user.Row.Ordinal, AsOf = user.Row.AsOf, Account = user.User },
            Desired = DesiredEntries.Of(user.Row.Desired),
            Current = user.Current is { } current ? CurrentEntries.Of(current) : null,
        };
    }

    /// <summary>The entry of a run.</summary>
    /// <param name="user">The planned user.</param>
    /// <param name="result">What became of it; null while nothing was done and for users without operations.</param>
    /// <param name="digests">For the fingerprint.</param>
    public static UserEntry Of(PlannedUser user, UserResult? result, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(user);
        UserEntry entry = Common(user, result, digests);
        return result is null || user.Plan.Operations.IsEmpty
            ? entry
            : entry with { Outcome = result.Outcome, Verified = result.Verified, MethodsNow = result.MethodsNow };
    }

    /// <summary>The entry of a run, also for a user whom the run left half-way: with the outcomes that were written down.</summary>
    public static UserEntry Of(RunUser user, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(user);
        UserEntry entry = Of(user.Planned, user.Result, digests);
        if (user.Planned.Plan.Operations.IsEmpty) return entry;
        entry = entry with { MethodsLeft = user.Planned.Current is null ? null : MethodsLeft.Of(user).Now };
        return user.Result is not null || !user.HasBegun
            ? entry
            : entry with
            {
                Operations = [.. user.Planned.Plan.Operations.Select((operation, i) =>
                    LeftUsers.Told(user, i, operation) is { } told ? OperationEntries.Of(told) : OperationEntries.Of(operation))],
            };
    }

    private static UserEntry Common(PlannedUser user, UserResult? result, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(digests);
        UserPlan plan = user.Plan;
        return new()
        {
            User = user.Row.UserText,
            Uid = user.User?.Uid,
            DisplayName = user.User?.DisplayName,
            Place = user.Row.Place,
            Situation = plan.Situation,
            Fingerprint = user.Current is { } current ? digests.Fingerprint(current) : null,
            MethodsBefore = user.Current is null ? null : plan.MethodsBefore,
            MethodsAfter = user.Current is null ? null : plan.MethodsAfter,
            PhonesAfter = user.Current is null ? null : PhonesAfter(user.Current, plan.Operations),
            LosesLastPhone = plan.LosesLastPhone,
            Privileged = user.IsPrivileged,
            Operations = [.. plan.Operations.Select((operation, i) =>
                result is not null && i < result.Operations.Length ? OperationEntries.Of(result.Operations[i]) : OperationEntries.Of(operation))],
            Held = plan.Held,
            Diagnostics = Together(Together(user.Row.Diagnostics, plan.Diagnostics), result?.Diagnostics ?? []),
        };
    }

    // The planner may already have taken over what the row says: nothing is told twice.
    private static ImmutableArray<Diagnostic> Together(ImmutableArray<Diagnostic> first, ImmutableArray<Diagnostic> second) =>
        second.IsEmpty ? first : first.IsEmpty ? second : [.. first, .. second.Where(d => !first.Contains(d))];

    private static int PhonesAfter(CurrentMethods current, ImmutableArray<Operation> operations) =>
        current.PhoneCount
        + operations.Count(o => o is Operation.AddPhone)
        - operations.Count(o => o is Operation.DeletePhone);
}
