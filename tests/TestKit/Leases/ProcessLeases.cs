using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.TestKit.Leases;

/// <summary>Leases and locks as one process reaches them.</summary>
public sealed class ProcessLeases(ModelProcess process, MemoryLeases shared) : ITenantLease, IUserLocks
{
    public ValueTask<LeaseRecord?> ReadAsync(string tenantId, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.ReadAsync(tenantId, cancellation));

    public ValueTask<bool> TakeAsync(LeaseRecord wanted, LeaseRecord? seen, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.TakeAsync(wanted, seen, cancellation));

    public ValueTask<bool> KeepAsync(LeaseRecord wanted, CancellationToken cancellation) => process.StoreAsync(() => shared.KeepAsync(wanted, cancellation));

    public ValueTask<bool> MayBeOnTheWayAsync(string tenantId, string uid, string? besides, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.MayBeOnTheWayAsync(tenantId, uid, besides, cancellation));

    public ValueTask<UserLock?> AcquireAsync(UserLock wanted, DateTimeOffset now, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.AcquireAsync(wanted, now, cancellation));

    public ValueTask<bool> KeepAsync(UserLock held, CancellationToken cancellation) => process.StoreAsync(() => shared.KeepAsync(held, cancellation));

    public ValueTask<UserLock?> FindAsync(string tenantId, string uid, CancellationToken cancellation) =>
        process.StoreAsync(() => shared.FindAsync(tenantId, uid, cancellation));

    public async ValueTask ReleaseAsync(UserLock held, CancellationToken cancellation) => await process.StoreAsync(async () =>
    {
        await shared.ReleaseAsync(held, cancellation);
        return true;
    });
}
