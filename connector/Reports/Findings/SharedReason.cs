using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>Why a user is under a finding.</summary>
/// <param name="Key">The same for all whose reason is the same.</param>
/// <param name="Text">The reason of this user, in words.</param>
internal readonly record struct FindingReason(string Key, string Text)
{
    /// <summary>Null where the changes themselves say why.</summary>
    public static FindingReason? Of(UserEntry user, Finding finding) => finding switch
    {
        Finding.Drifted or Finding.HeldToLookAt or Finding.HeldStanding => user.Held is [var held, ..]
            ? new($"{held.Part.Name()} {held.Code}", $"{held.Part.Name()} held: {held.Message}") : null,
        Finding.NotRead or Finding.Invalid or Finding.NotFound => user.Diagnostics.FirstOrDefault(static d => d.Severity == Severity.Error) is { } error
            ? new(error.Code, error.Message) : null,
        Finding.Unknown or Finding.Failed or Finding.Stale or Finding.Skipped =>
            user.Operations.Select(static o => o.Error).FirstOrDefault(static e => e is not null && e.Code != ExecutionCodes.EarlierFailed) is { } refused
                ? new(refused.Code, refused.Message) : null,
        Finding.LeftWithNone or Finding.Unverified or Finding.LosesLastPhone or Finding.EndsWithFewer or Finding.PrivilegedTouched or Finding.Removed
            or Finding.Updated or Finding.Moved or Finding.Added or Finding.Set or Finding.Waiting => null,
    };
}

/// <summary>Users who are under one finding for one reason.</summary>
/// <param name="Key">The reason.</param>
/// <param name="Count">All of them.</param>
/// <param name="First">The first of them.</param>
/// <param name="Text">That one's reason, in words.</param>
internal sealed record SharedReason(string Key, long Count, UserEntry First, string Text);

/// <summary>Counts users by finding and reason. There are few reasons, so memory does not grow with users.</summary>
internal sealed class ReasonCounter
{
    /// <summary>So many users are named one by one; of more there is one example.</summary>
    private const int MostNamed = 3;

    /// <summary>Distinct reasons that are counted under one finding.</summary>
    private const int MostReasons = 100;

    private readonly Dictionary<(Finding Finding, string Key), SharedReason> _reasons = [];

    public void Add(UserEntry user, Finding finding)
    {
        if (FindingReason.Of(user, finding) is not { } reason) return;
        (Finding, string) key = (finding, reason.Key);
        if (_reasons.TryGetValue(key, out SharedReason? known)) _reasons[key] = known with { Count = known.Count + 1 };
        else if (_reasons.Count < MostReasons) _reasons[key] = new(reason.Key, 1, user, reason.Text);
    }

    /// <summary>Reasons of many users, the most frequent first.</summary>
    public ImmutableArray<SharedReason> Of(Finding finding) =>
    [
        .. _reasons.Where(reason => reason.Key.Finding == finding && reason.Value.Count > MostNamed).Select(static reason => reason.Value)
            .OrderByDescending(static reason => reason.Count).ThenBy(static reason => reason.Key, StringComparer.Ordinal),
    ];
}
