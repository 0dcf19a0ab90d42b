using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Users;

/// <summary>The tenant's users. Has no member that writes.</summary>
public sealed class GraphDirectory : IUserDirectory
{
    internal const string Select = "id,userPrincipalName,displayName,mail,employeeId,accountEnabled,userType,onPremisesSyncEnabled";
    private readonly GraphConnection _connection;
    private readonly Pages _pages;
    private readonly PrivilegedReads _privileged;

    public GraphDirectory(GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
        _pages = new Pages(connection);
        _privileged = new PrivilegedReads(connection);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ImmutableArray<DirectoryUser>> PagesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (ImmutableArray<DirectoryUser> users in ListAsync($"users?$select={Select}&$top=999", cancellation)
            .ConfigureAwait(false)) yield return users;
    }

    /// <inheritdoc/>
    /// <exception cref="TenantException">The tenant cannot be worked with: no connection, no token, no permission to read the directory.</exception>
    public async ValueTask<DirectoryAnswer> FindAsync(UserKey key, CancellationToken cancellation)
    {
        DirectoryAnswer answer = key.Kind switch
        {
            UserKeyKind.Name => await ByNameAsync(key.Value, cancellation).ConfigureAwait(false),
            UserKeyKind.EmployeeId => await ByFilterAsync("employeeId", key.Value, static user => user.EmployeeId, cancellation).ConfigureAwait(false),
            UserKeyKind.Mail => await ByFilterAsync("mail", key.Value, static user => user.Mail, cancellation).ConfigureAwait(false),
        };
        return answer is DirectoryAnswer.Failed { Error: var error } && ConcernsTenant(error) ? throw new TenantException(error) : answer;
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountAsync(CancellationToken cancellation)
    {
        SdkAnswer<int?> answer = await GraphSdk.ReadAsync(Purpose.ReadUsers, option => _connection.Sdk.Client.Users.Count.GetAsync(c =>
        {
            c.Headers.Add("ConsistencyLevel", "eventual");
            c.Options.Add(option);
        }, cancellation)).ConfigureAwait(false);
        if (answer.TryGet(out int? reported, out ServiceError? error)) return reported.Value;
        if (ConcernsTenant(error)) throw new TenantException(error);
        long count = 0;
        await foreach (ImmutableArray<DirectoryUser> users in ListAsync("users?$select=id&$top=999", cancellation).ConfigureAwait(false)) count += users.Length;
        return count;
    }

    /// <inheritdoc/>
    public ValueTask<PrivilegedReading> ReadPrivilegedAsync(CancellationToken cancellation) => _privileged.ReadAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask<MembersReading> ReadMembersAsync(string group, CancellationToken cancellation)
    {
        ImmutableArray<string>.Builder uids = ImmutableArray.CreateBuilder<string>();
        await foreach (PageAnswer<string> page in GroupMembers.ReadAsync(_connection, group, static () => { }, cancellation).ConfigureAwait(false))
        {
            if (page.Error is { Kind: ErrorKind.NotFound }) return new MembersReading.NoGroup();
            if (page.Error is { } error) return new MembersReading.Unreadable(error);
            uids.AddRange(page.Entries);
        }

        return new MembersReading.Known(uids.ToImmutable());
    }

    /// <inheritdoc/>
    public async ValueTask<TenantTraits> ReadTraitsAsync(CancellationToken cancellation)
    {
        await foreach (PageAnswer<TenantTraits> page in TenantList.ReadAsync(_connection.Sdk, cancellation).ConfigureAwait(false))
        {
            if (page.Error is null && page.Entries.FirstOrDefault() is { } traits) return traits;
            break;
        }

        return new TenantTraits(null);
    }

    private static bool ConcernsTenant(ServiceError error) =>
        error.Kind is ErrorKind.Unauthenticated or ErrorKind.Forbidden or ErrorKind.NoConnection or ErrorKind.ForeignLink;

    /// <summary>All users, each once: a directory that changes while it is paged lists some of them on two pages.</summary>
    private async IAsyncEnumerable<ImmutableArray<DirectoryUser>> ListAsync(string query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        UserIdSet seen = new();
        await foreach (PageAnswer<DirectoryUser> page in _pages.ReadAsync<DirectoryUser>(_connection.Addresses.V1(query),
            Purpose.ReadUsers, UsersPage.TryRead, cancellation).ConfigureAwait(false))
        {
            if (page.Error is { } error) throw new TenantException(error);
            ImmutableArray<DirectoryUser> users = page.Entries.RemoveAll(user => !seen.Add(user.Uid));
            if (!users.IsEmpty) yield return users;
        }
    }

    private async ValueTask<DirectoryAnswer> ByNameAsync(string name, CancellationToken cancellation)
    {
        GraphCall call = GraphCall.Get(_connection.Addresses.V1($"{UserUrl.From(name)}?$select={Select}"), Purpose.ReadUsers);
        using ReadAnswer answer = await _connection.Reads.SendAsync(call, cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out GraphReply? reply, out ServiceError? error)) return error.Kind == ErrorKind.NotFound
            ? new DirectoryAnswer.Found([]) : new DirectoryAnswer.Failed(error);
        if (UsersPage.ReadOne(reply.Body) is not { } user) return Unreadable("it is no user", reply);
        // A body of another program may have an id too; Graph's are GUIDs.
        bool same = Same(user.Uid, name) || (user.PrincipalName is { } principalName ? Same(principalName, name) : Guid.TryParse(user.Uid, out _));
        return same ? new DirectoryAnswer.Found([user]) : Unreadable("it is another user than the one asked for", reply);
    }

    private async ValueTask<DirectoryAnswer> ByFilterAsync(string property, string value, Func<DirectoryUser, string?> read, CancellationToken cancellation)
    {
        ImmutableArray<DirectoryUser>.Builder found = ImmutableArray.CreateBuilder<DirectoryUser>();
        Uri address = _connection.Addresses.V1($"users?$filter={property}%20eq%20{UserUrl.Quoted(value)}&$select={Select}&$top=999");
        await foreach (PageAnswer<DirectoryUser> page in _pages.ReadAsync<DirectoryUser>(address, Purpose.ReadUsers, UsersPage.TryRead, cancellation)
            .ConfigureAwait(false))
        {
            if (page.Error is { } error) return new DirectoryAnswer.Failed(error);
            // Filtered again: a server that ignores $filter would hand us strangers.
            foreach (DirectoryUser user in page.Entries)
            {
                if (Same(read(user), value) && !found.Any(known => Same(known.Uid, user.Uid))) found.Add(user);
            }
        }

        return new DirectoryAnswer.Found(found.ToImmutable());
    }

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static DirectoryAnswer.Failed Unreadable(string what, GraphReply reply) => new(ServiceErrors.Unreadable(Purpose.ReadUsers, what, reply));
}
