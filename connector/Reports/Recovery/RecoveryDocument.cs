using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Undo;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Recovery;

/// <summary>The document <c>recovery</c>: who ended a run with fewer usable methods than before, for the helpdesk. The worst comes first.</summary>
public sealed record RecoveryDocument
{
    public const string KindName = "recovery";

    public string Kind { get; init; } = KindName;

    public string FormatVersion { get; init; } = ReportHeader.CurrentVersion;

    public required string RunId { get; init; }

    public required TenantIdentity Tenant { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>Addition: how the run ended, or that it goes on.</summary>
    public required RunOutcome Outcome { get; init; }

    public required bool Masked { get; init; }

    /// <summary>Addition: how many of the users are left without any usable method.</summary>
    public required long WithoutMethods { get; init; }

    public required ImmutableArray<RecoveryEntry> Users { get; init; }

    /// <summary>The document of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="users">Its users.</param>
    /// <param name="digests">For tags of masked values.</param>
    /// <param name="reveal">Full values instead of masked ones.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<RecoveryDocument> OfAsync(
        RunHeader run, IAsyncEnumerable<RunUser> users, KeyedDigests digests, bool reveal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<RecoveryEntry> found = [];
        await foreach (RunUser user in users.WithCancellation(cancellation))
        {
            if (FewerMethods.From(user) is { } fewer) found.Add(RecoveryEntry.From(fewer, digests, reveal));
        }

        return new()
        {
            RunId = run.RunId, Tenant = run.Plan.Tenant, StartedAt = run.StartedAt, EndedAt = run.EndedAt, Outcome = run.Outcome, Masked = !reveal,
            WithoutMethods = found.Count(u => u.MethodsNow == 0),
            Users = [.. found.OrderBy(u => u.MethodsNow)],
        };
    }
}

/// <summary>One user of the document <c>recovery</c>.</summary>
public sealed record RecoveryEntry
{
    /// <summary>As the source wrote it.</summary>
    public required string User { get; init; }

    public required string? Uid { get; init; }

    public required string? DisplayName { get; init; }

    public required Place Place { get; init; }

    /// <summary>Usable methods before the run.</summary>
    public required int MethodsBefore { get; init; }

    /// <summary>Usable methods after it.</summary>
    public required int MethodsNow { get; init; }

    /// <summary>Whether a read after the last write showed it; otherwise it is worked out from what was applied.</summary>
    public required bool Seen { get; init; }

    /// <summary>What the run took away, or may have taken away; empty where something else did.</summary>
    public required ImmutableArray<TakenMethod> Taken { get; init; }

    internal static RecoveryEntry From(FewerMethods fewer, KeyedDigests digests, bool reveal)
    {
        UserEntry full = UserEntries.From(fewer.User, digests);
        UserEntry entry = reveal ? full : Masking.Mask(full, digests);
        return new()
        {
            User = entry.User, Uid = entry.Uid, DisplayName = entry.DisplayName, Place = entry.Place,
            MethodsBefore = fewer.Left.Before, MethodsNow = fewer.Left.Now, Seen = fewer.Left.IsSeen,
            Taken = [.. fewer.Left.Taken.Select(i => TakenMethod.From(entry.Operations[i], FewerMethods.IsRestorable(fewer.User.Planned.Plan.Operations[i])))],
        };
    }
}

/// <summary>A method that a run took away.</summary>
public sealed record TakenMethod
{
    /// <summary><c>phone</c> or a kind that can be removed.</summary>
    public required string Method { get; init; }

    /// <summary>Of phones.</summary>
    public required PhoneType? Slot { get; init; }

    /// <summary>Number, or name of a device or key; masked unless revealed.</summary>
    public required string? Before { get; init; }

    /// <summary>Whether <c>undo</c> can bring it back while it is young enough; otherwise the person registers it again.</summary>
    public required bool Restorable { get; init; }

    internal static TakenMethod From(OperationEntry operation, bool restorable) =>
        new() { Method = operation.Method, Slot = operation.Slot, Before = operation.Before, Restorable = restorable };
}
