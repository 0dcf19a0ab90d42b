using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Standing;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>One user of a plan or run (docs/documents.md#user). Values are full or masked, as the head says.</summary>
public sealed record UserEntry
{
    /// <summary>As the source wrote it.</summary>
    public required string User { get; init; }

    /// <summary>Object id; null when the user was not found.</summary>
    public required string? Uid { get; init; }

    public required string? DisplayName { get; init; }

    public required Place Place { get; init; }

    public required Situation Situation { get; init; }

    /// <summary>Keyed digest of the state that the plan was made from; null when it was not read.</summary>
    public required string? Fingerprint { get; init; }

    /// <summary>Usable methods before, of what can be read; null when they were not read.</summary>
    public required int? MethodsBefore { get; init; }

    /// <summary>Usable methods when everything is done, of what can be read; null when they were not read.</summary>
    public required int? MethodsAfter { get; init; }

    /// <summary>Addition: kinds of which nothing could be read, so that no count has them; null for the usual ones, read only where they are removed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Unread { get; init; }

    /// <summary>Addition: occupied phone slots when everything is done; null when they were not read.</summary>
    public int? PhonesAfter { get; init; }

    /// <summary>Addition: the user has a phone now and will have none.</summary>
    public bool LosesLastPhone { get; init; }

    /// <summary>Addition: the user holds an active directory role.</summary>
    public bool Privileged { get; init; }

    /// <summary>Addition: the part in moves of numbers between users; absent for all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MoveEntry? Move { get; init; }

    public ImmutableArray<OperationEntry> Operations { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<HeldPart> Held { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<Diagnostic> Diagnostics { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Runs only: null without operations, and while nothing was done.</summary>
    public UserOutcome? Outcome { get; init; }

    /// <summary>Runs only: whether a read after the last write showed everything as reported; null without operations.</summary>
    public bool? Verified { get; init; }

    /// <summary>Runs only, addition: usable methods after the last read; null when that read failed.</summary>
    public int? MethodsNow { get; init; }

    /// <summary>Runs only, addition: usable methods as the run left the user, as read back or worked out from
    /// what was done or may have been applied; as before for a user it did not come to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MethodsLeft { get; init; }

    /// <summary>Addition, in full plans only: what is needed to apply the plan; never in a masked document.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RowEntry? Row { get; init; }

    /// <summary>Addition, in full plans only: what the source wants.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DesiredEntry? Desired { get; init; }

    /// <summary>Addition, in full plans only: the tenant's state that the plan was made from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CurrentEntry? Current { get; init; }
}

/// <summary>What a saved plan keeps of the source row and of the directory's user, beyond what every report shows.</summary>
public sealed record RowEntry
{
    /// <summary>Position among the rows, from 0.</summary>
    public required long Ordinal { get; init; }

    /// <summary>When the source last knew the row to be true.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>The directory's user as it was resolved; null when there was none.</summary>
    public required DirectoryUser? Account { get; init; }
}

/// <summary>Entries of users from planned users and their results, full values.</summary>
public static class UserEntries
{
    /// <summary>The entry of a plan: also with everything that applying it needs.</summary>
    public static UserEntry From(PlannedUser user, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(user);
        return Common(user, null, digests) with
        {
            Row = new() { Ordinal = user.Row.Ordinal, AsOf = user.Row.AsOf, Account = user.User },
            Desired = DesiredEntries.From(user.Row.Desired),
            Current = user.Current is { } current ? CurrentEntries.From(current) : null,
        };
    }

    /// <summary>The entry of a run.</summary>
    /// <param name="user">The planned user.</param>
    /// <param name="result">What became of it; null while nothing was done and for users without operations.</param>
    /// <param name="digests">For the fingerprint.</param>
    public static UserEntry From(PlannedUser user, UserResult? result, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(user);
        UserEntry entry = Common(user, result, digests);
        return result is null || user.Plan.Operations.IsEmpty
            ? entry
            : entry with { Outcome = result.Outcome, Verified = result.Verified, MethodsNow = result.MethodsNow };
    }

    /// <summary>The entry of a run, also for a user whom the run left half-way: with the outcomes that were written down.</summary>
    public static UserEntry From(RunUser user, KeyedDigests digests)
    {
        ArgumentNullException.ThrowIfNull(user);
        UserEntry entry = From(user.Planned, user.Result, digests);
        if (user.Planned.Plan.Operations.IsEmpty) return entry;
        entry = entry with { MethodsLeft = user.Planned.Current is null ? null : MethodsLeft.From(user).Now };
        return user.Result is not null || !user.HasBegun
            ? entry
            : entry with
            {
                Operations = [.. user.Planned.Plan.Operations.Select((operation, i) =>
                    LeftUsers.Find(user, i, operation) is { } reported ? OperationEntries.From(reported) : OperationEntries.From(operation))],
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
            Unread = user.Current is { Unread: var unread } && unread != KindSets.Beside ? unread.Names() : null,
            PhonesAfter = user.Current is null ? null : PhonesAfter(user.Current, plan.Operations),
            LosesLastPhone = plan.LosesLastPhone,
            Privileged = user.IsPrivileged,
            Move = MoveEntry.From(plan.Move),
            Operations = [.. plan.Operations.Select((operation, i) =>
                result is not null && i < result.Operations.Length ? OperationEntries.From(result.Operations[i]) : OperationEntries.From(operation))],
            Held = plan.Held,
            Diagnostics = Together(Together(user.Row.Diagnostics, plan.Diagnostics), result?.Diagnostics ?? []),
        };
    }

    // The planner may already have taken over what the row says: nothing is reported twice.
    private static ImmutableArray<Diagnostic> Together(ImmutableArray<Diagnostic> first, ImmutableArray<Diagnostic> second) =>
        second.IsEmpty ? first : first.IsEmpty ? second : [.. first, .. second.Where(d => !first.Contains(d))];

    private static int PhonesAfter(CurrentMethods current, ImmutableArray<Operation> operations) =>
        current.PhoneCount
        + operations.Count(o => o is Operation.AddPhone)
        - operations.Count(o => o is Operation.DeletePhone);
}

/// <summary>Planned users from the entries of a full plan: the way back of <see cref="UserEntries"/>.</summary>
internal static class PlannedUsers
{
    /// <exception cref="JsonException">The entry is not one of a full plan.</exception>
    public static PlannedUser From(UserEntry entry)
    {
        RowEntry row = entry.Row ?? throw new JsonException("A user without 'row': the plan does not hold what applying it needs.");
        DesiredEntry desired = entry.Desired ?? throw new JsonException("A user without 'desired': the plan does not hold what applying it needs.");
        UserKey? key = UserKey.TryParse(entry.User, out UserKey read) ? read : null;
        return new(
            new SourceRow(
                row.Ordinal,
                entry.Place,
                entry.User,
                key,
                DesiredEntries.ToDesired(desired),
                row.AsOf,
                // Entries do not show the row's diagnostics from the planner's; a row is bad exactly when its user is invalid.
                entry.Situation == Situation.Invalid ? entry.Diagnostics : []),
            row.Account,
            entry.Current is { } current ? CurrentEntries.ToCurrent(current) : null,
            new UserPlan
            {
                Situation = entry.Situation,
                Operations = [.. entry.Operations.Select(PlannedOperations.From)],
                Held = entry.Held,
                Diagnostics = entry.Diagnostics,
                MethodsBefore = entry.MethodsBefore ?? 0,
                MethodsAfter = entry.MethodsAfter ?? 0,
                LosesLastPhone = entry.LosesLastPhone,
                Move = entry.Move?.ToMove(),
            },
            entry.Privileged);
    }
}
