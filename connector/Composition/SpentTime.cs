using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition;

/// <summary>The account of a command: what it used, how long it took without waiting for a person, and how near that is to the least possible.</summary>
/// <param name="time">The clock.</param>
/// <param name="before">What the gates did before: it is not the command's.</param>
/// <param name="reportCallsBefore">Calls of reports before.</param>
internal sealed class SpentTime(TimeProvider time, PacingAccount before, long reportCallsBefore)
{
    /// <summary>Below this minimum, in seconds, start-up and latency decide, not the quota.</summary>
    private const double MeaningfulSeconds = 1;

    private readonly long _openedAt = time.GetTimestamp();
    private long? _plannedAt;
    private long? _executingAt;
    private long _readsToPlan;

    /// <summary>The plan is made.</summary>
    public void Planned(PacingAccount account)
    {
        _plannedAt = time.GetTimestamp();
        _readsToPlan = account.Reads.Cost - before.Reads.Cost;
    }

    public void Executing() => _executingAt = time.GetTimestamp();

    public Used Used(Pacer pacer, long reportCalls)
    {
        PacingAccount account = pacer.Snapshot();
        double asked = _executingAt is { } executing ? time.GetElapsedTime(_plannedAt ?? _openedAt, executing).TotalSeconds : 0;
        double seconds = time.GetElapsedTime(_openedAt).TotalSeconds - asked;
        return new Used(
            account.Reads.Cost - before.Reads.Cost + reportCalls - reportCallsBefore, account.Writes.Cost - before.Writes.Cost,
            account.Reads.ThrottledCalls + account.Writes.ThrottledCalls - before.Reads.ThrottledCalls - before.Writes.ThrottledCalls,
            Math.Round(seconds, 1), PacingMessages.Learned(account), Efficiency(pacer, account, seconds));
    }

    /// <summary>The whole plan comes before the first write; from then on reads and writes go on at the same time.</summary>
    private double? Efficiency(Pacer pacer, PacingAccount account, double seconds)
    {
        double planning = pacer.LeastSecondsFor(CallKind.Read, _readsToPlan);
        double reading = pacer.LeastSecondsFor(CallKind.Read, account.Reads.Cost - before.Reads.Cost);
        double least = Math.Max(reading, planning + pacer.LeastSecondsFor(CallKind.Write, account.Writes.Cost - before.Writes.Cost));
        return least < MeaningfulSeconds || seconds <= 0 ? null : Math.Round(Math.Min(1, least / seconds), 3);
    }
}
