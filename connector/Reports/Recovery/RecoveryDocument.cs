using System.Collections.Immutable;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Undo;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Recovery;

/// <summary>The document <c>recovery</c>: who ended a run with fewer usable methods than before, for the helpdesk. The worst comes first.</summary>
public sealed record RecoveryDocument
{
    public const string KindName = "recovery";

    public string Kind { get; init; } = KindName;

    public string FormatVersion { get; init; } = ReportHead.CurrentVersion;

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
        RunHead run, IAsyncEnumerable<RunUser> users, KeyedDigests digests, bool reveal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(run);
        List<RecoveryEntry> found = [];
        await foreach (RunUser user in users.WithCancellation(cancellation))
        {
            if (FewerMethods.Of(user) is { } fewer) found.Add(RecoveryEntry.Of(fewer, digests, reveal));
        }

        return new()
        {
            RunId = run.RunId, Tenant = run.Plan.Tenant, StartedAt = run.StartedAt, EndedAt = run.EndedAt, Outcome = run.Outcome, Masked = !reveal,
            WithoutMethods = found.Count(u => u.MethodsNow == 0),
            Users = [.. found.OrderBy(u => u.MethodsNow)],
        };
    }
}
