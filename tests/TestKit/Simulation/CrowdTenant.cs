using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pacing;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.TestKit.Pacing;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Simulation;

/// <summary>
/// The tenant of a crowd, behind a service that meters every item and a pacer that asks nothing but the answers: what the
/// Graph client does with batches, leases and 429s, without HTTP.
/// </summary>
public sealed class CrowdTenant(VirtualWorld world, Crowd crowd, Pacer pacer, ModelService service) : IUserDirectory, IMethodsReader, IMethodsWriter
{
    private const int PageSize = 999;

    /// <summary>How long a write takes to show in reads.</summary>
    public TimeSpan ReadLag { get; init; }

    /// <summary>Requests that read, pages of the directory left out.</summary>
    public long ReadCalls { get; private set; }

    /// <summary>Users read, each time counted.</summary>
    public long UsersRead { get; private set; }

    public async IAsyncEnumerable<ImmutableArray<DirectoryUser>> PagesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        for (int first = 0; first < crowd.Count; first += PageSize)
        {
            await OneAsync(CallKind.Read, cancellation);
            yield return [.. Enumerable.Range(first, Math.Min(PageSize, crowd.Count - first)).Select(Crowd.Account)];
        }
    }

    public async ValueTask<DirectoryAnswer> FindAsync(UserKey key, CancellationToken cancellation)
    {
        await OneAsync(CallKind.Read, cancellation);
        return new DirectoryAnswer.Found([Crowd.Account(Crowd.IndexOf(key.Value.Split('@')[0]))]);
    }

    public ValueTask<long> CountAsync(CancellationToken cancellation) => ValueTask.FromResult<long>(crowd.Count);

    public ValueTask<PrivilegedReading> ReadPrivilegedAsync(CancellationToken cancellation) =>
        ValueTask.FromResult<PrivilegedReading>(new PrivilegedReading.Known([], "role assignments"));

    public ValueTask<TenantTraits> ReadTraitsAsync(CancellationToken cancellation) => ValueTask.FromResult(new TenantTraits(null));

    public ValueTask<MembersReading> ReadMembersAsync(string group, CancellationToken cancellation) =>
        ValueTask.FromResult<MembersReading>(new MembersReading.NoGroup());

    public async ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation)
    {
        if (users.Length > IMethodsReader.MaxUsers) throw new InvalidOperationException("More than twenty users in one read.");
        int left = users.Length;
        while (left > 0)
        {
            PaceLease lease = await pacer.AcquireUpToAsync(CallKind.Read, left, cancellation);
            int carried = lease.Cost;
            int accepted = await SendAsync(lease, write: false);
            ReadCalls++;
            // Items that were refused are read again one by one, as the Graph client does.
            for (int refused = accepted; refused < carried; refused++)
            {
                await OneAsync(CallKind.Read, cancellation);
                ReadCalls++;
            }

            left -= carried;
        }

        UsersRead += users.Length;
        return [.. users.Select(u => (MethodsReading)new MethodsReading.Complete(crowd.Now(Crowd.IndexOf(u.Uid))))];
    }

    public ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation) => ValueTask.FromResult(DefaultMethod.Unreadable);

    public async ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation)
    {
        await OneAsync(CallKind.Write, cancellation);
        int user = Crowd.IndexOf(authority.Uid);
        if (ReadLag == TimeSpan.Zero) crowd.Write(user);
        else world.Time.CreateTimer(_ => crowd.Write(user), null, ReadLag, Timeout.InfiniteTimeSpan);
        return new WriteAnswer.Accepted(world.Time.GetUtcNow());
    }

    private async ValueTask OneAsync(CallKind kind, CancellationToken cancellation)
    {
        while (await SendAsync(await pacer.AcquireAsync(kind, 1, cancellation), kind == CallKind.Write) == 0) cancellation.ThrowIfCancellationRequested();
    }

    private async ValueTask<int> SendAsync(PaceLease lease, bool write)
    {
        using (lease)
        {
            ModelAnswer answer = await service.SendAsync(write, lease.Cost);
            ThrottleSignal signal = new(answer.LimitPercentage, answer.RetryAfter);
            if (answer.Accepted == lease.Cost) lease.Succeeded(signal);
            else lease.Throttled(signal, lease.Cost - answer.Accepted);
            return answer.Accepted;
        }
    }
}
