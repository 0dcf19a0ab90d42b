using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.TestKit.Leases;

/// <summary>A write as its sender saw it.</summary>
/// <param name="By">The process.</param>
/// <param name="Uid">The user.</param>
/// <param name="CheckedAt">When the permit let it go.</param>
/// <param name="SentAt">When it left.</param>
public sealed record CheckedWrite(string By, string Uid, TimeSpan CheckedAt, TimeSpan SentAt);

/// <summary>The tenant as one process reaches it: demands the authority when a request is about to leave, after waiting for quota.</summary>
public sealed class ProcessTenant(ModelProcess process, ModelTenant tenant, List<CheckedWrite> log) : IMethodsReader, IMethodsWriter
{
    private int _sends;

    /// <summary>How long the n-th write waits for quota.</summary>
    public Func<int, TimeSpan> Queue { get; set; } = _ => TimeSpan.Zero;

    /// <summary>Called between check and send of the n-th write.</summary>
    public Action<int> AfterCheck { get; set; } = _ => { };

    public ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation) =>
        process.CallAsync(() => tenant.ReadAsync(users, cancellation));

    public ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation) =>
        process.CallAsync(() => tenant.ReadDefaultAsync(uid, cancellation));

    public ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation) => process.CallAsync(async () =>
    {
        int number = _sends++;
        if (Queue(number) is var wait && wait > TimeSpan.Zero) await Task.Delay(wait, process.Time, cancellation);
        authority.Demand();
        TimeSpan checkedAt = process.World.Elapsed;
        AfterCheck(number);
        await process.AwakeAsync();
        log.Add(new CheckedWrite(process.Name, authority.Uid, checkedAt, process.World.Elapsed));
        return await tenant.SendAsync(authority, operation, CancellationToken.None);
    });
}
