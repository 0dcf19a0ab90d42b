using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Connection;

namespace ProvisioningConnector.Graph.Reading;

/// <summary>
/// Reads users' authentication methods: several users in one <c>$batch</c>, one user by a plain request. Has no member that writes.
/// </summary>
public sealed class GraphMethodsReader : IMethodsReader
{
    private readonly SingleReads _single;
    private readonly BatchReads _batches;
    private readonly MembershipReads _memberships;
    private readonly DefaultMethodReads _defaults;

    public GraphMethodsReader(GraphConnection connection, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _single = new SingleReads(connection);
        _batches = new BatchReads(connection, _single, time);
        _memberships = new MembershipReads(connection);
        _defaults = new DefaultMethodReads(connection);
    }

    /// <inheritdoc/>
    /// <exception cref="TenantException">The token is of another tenant.</exception>
    public async ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(users.Length, IMethodsReader.MaxUsers, nameof(users));
        if (users.IsDefaultOrEmpty) return [];
        ImmutableArray<MethodsReading> readings = users.Length == 1
            ? [await _single.ReadAsync(users[0], cancellation).ConfigureAwait(false)] : await _batches.ReadAsync(users, cancellation).ConfigureAwait(false);
        if (users.All(static user => user.Group is null)) return readings;
        return [.. await Task.WhenAll(users.Select((user, i) => _memberships.CompleteAsync(user, readings[i], cancellation).AsTask())).ConfigureAwait(false)];
    }

    /// <inheritdoc/>
    public ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation) => _defaults.ReadAsync(uid, cancellation);
}
