using System.Collections.Immutable;
using ProvisioningConnector.Sandbox.Model;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>A user's credentials before and after one write.</summary>
/// <param name="Kind">The endpoint, for example <c>phone.update</c>; null when it happened outside the API.</param>
public sealed record CredentialChange(DateTimeOffset At, Guid UserId, string UserPrincipalName, string? Kind, UserCredentials Before, UserCredentials After);

internal sealed class ChangeHistory
{
    private const int Capacity = 100_000;
    private readonly Queue<CredentialChange> _changes = new();

    public ImmutableArray<CredentialChange> All => [.. _changes];

    public void Add(CredentialChange change)
    {
        if (_changes.Count >= Capacity) _changes.Dequeue();
        _changes.Enqueue(change);
    }
}
