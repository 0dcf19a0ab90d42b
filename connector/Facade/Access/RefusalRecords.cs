using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Facade.Access;

/// <summary>
/// Records in the chain of evidence of refused callers, without letting them flood it: of failures in a row the first and those at which the
/// pause grows, and from everybody together at most 60 at once and one more every 10 s. What is left out is counted in the next record.
/// </summary>
internal sealed class RefusalRecords(IAuditTrail trail, TimeProvider time)
{
    private const int Burst = 60;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private double _allowed = Burst;
    private DateTimeOffset _filledAt = time.GetUtcNow();
    private long _leftOut;

    /// <param name="why">For people who look at the chain.</param>
    /// <param name="keyId">The public id shown, where it has the form of one; null otherwise.</param>
    /// <param name="place">Address or network.</param>
    /// <param name="failures">In a row at this address.</param>
    /// <param name="transaction">The request's transaction id.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask RecordAsync(AccessRefusal why, string? keyId, string place, long failures, string transaction, CancellationToken cancellation)
    {
        if (!IsRecorded(failures) || !MayRecord(out long leftOut)) return;
        ImmutableSortedDictionary<string, string>.Builder details = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        details["address"] = place;
        details["failures"] = failures.ToString(CultureInfo.InvariantCulture);
        details["transactionId"] = transaction;
        if (keyId is not null) details["keyId"] = keyId;
        if (leftOut > 0) details["leftOut"] = leftOut.ToString(CultureInfo.InvariantCulture);
        await trail.AppendAsync(
            new AuditEntry
            {
                At = time.GetUtcNow(), Type = AuditType.RefusedLogin, Actor = keyId is null ? "unknown" : $"key:{keyId}", ToolVersion = Identity.ToolVersion,
                Code = Code(why), Status = StatusCodes.Status401Unauthorized, Details = details.ToImmutable(),
            },
            cancellation);
    }

    public static string Code(AccessRefusal why) => why switch
    {
        AccessRefusal.Unusable => "unusableCredentials",
        AccessRefusal.UnknownKey => "unknownKey",
        AccessRefusal.WrongSecret => "wrongSecret",
        AccessRefusal.WrongName => "wrongName",
        AccessRefusal.Revoked => "revokedKey",
        AccessRefusal.Expired => "expiredKey",
        AccessRefusal.Address => "addressNotListed",
        AccessRefusal.Account => "wrongAccount",
        AccessRefusal.Token => "wrongToken",
    };

    private bool IsRecorded(long failures)
    {
        if (failures == 1 || (failures >= LoginThrottle.Free && failures <= LoginThrottle.Free + 9)
            || (failures > 16 && BitOperations.IsPow2(failures))) return true;
        lock (_gate) _leftOut++;
        return false;
    }

    private bool MayRecord(out long leftOut)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            _allowed = Math.Min(Burst, _allowed + ((now - _filledAt) / Each));
            _filledAt = now;
            leftOut = _leftOut;
            if (_allowed < 1)
            {
                _leftOut++;
                return false;
            }

            _allowed--;
            _leftOut = 0;
            return true;
        }
    }
}
