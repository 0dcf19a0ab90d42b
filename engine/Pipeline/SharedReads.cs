using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Reads that strangers share: who stops waiting leaves the read to the others aboard.</summary>
/// <param name="inner">Gathers reads of users (<see cref="Concurrency.CoalescedReads"/>).</param>
/// <param name="life">Ends all reads.</param>
public sealed class SharedReads(IMethodsReader inner, CancellationToken life) : IMethodsReader
{
    public async ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation) =>
        await inner.ReadAsync(users, life).AsTask().WaitAsync(cancellation);

    public async ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation) =>
        await inner.ReadDefaultAsync(uid, life).AsTask().WaitAsync(cancellation);
}
