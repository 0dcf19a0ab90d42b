using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>Counts how often each user is read.</summary>
public sealed class CountingReader(IMethodsReader inner) : IMethodsReader
{
    private readonly List<string> _read = [];

    /// <summary>Everybody who was read, in order, since the last <see cref="Forget"/>.</summary>
    public IReadOnlyList<string> Read => _read;

    public void Forget() => _read.Clear();

    public ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation)
    {
        _read.AddRange(users.Select(u => u.Uid));
        return inner.ReadAsync(users, cancellation);
    }

    public ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation) => inner.ReadDefaultAsync(uid, cancellation);
}
