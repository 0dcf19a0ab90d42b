using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Filters;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>
/// ICF's operations for one tenant (docs/openidm.md#icf-operations). Every member ends in a <see cref="ConnectorException"/> when it fails; only
/// a caller who goes away gets <see cref="OperationCanceledException"/>, and what has begun to be written is finished all the same.
/// </summary>
public sealed class IcfConnector
{
    private static readonly ImmutableArray<string> Operations = ["SCHEMA", "SEARCH", "GET", "SYNC",
        "TEST", "UPDATE", "UPDATE_ATTRIBUTE_VALUES", "UPDATE_DELTA"];
    private readonly IcfPorts _ports;
    private readonly ReadingUsers _reading;
    private readonly ObjectMaking _making;
    private readonly Searching _searching;
    private readonly Updating _updating;
    private readonly Syncing _syncing;

    public IcfConnector(IcfPorts ports, IcfSettings settings)
    {
        ArgumentNullException.ThrowIfNull(ports);
        ArgumentNullException.ThrowIfNull(settings);
        _ports = ports;
        _reading = new ReadingUsers(ports, settings);
        _making = new ObjectMaking(settings.Spelling, settings.Masks, settings.Revision);
        _searching = new Searching(ports, settings, _reading, _making);
        _updating = new Updating(ports, settings, _reading, _making);
        _syncing = new Syncing(ports, settings, _reading, _making);
    }

    /// <summary>What there is.</summary>
    public static Schema Schema { get; } = new([new ObjectClassInfo(ObjectClass.User, [.. UserAttributes.All.Select(a => a.Info)])], Operations);

    /// <summary>Asks the tenant for one user, so that a wrong credential or a missing permission is found.</summary>
    public Task TestAsync(CancellationToken cancellation) => TryAsync(async () =>
        await _ports.Search.PageAsync(new UserQuery([], null, 1), null, cancellation) is UserPageAnswer.Failed failed
        ? throw ErrorMapping.Map(failed.Error) : true);

    /// <summary>One object.</summary>
    /// <exception cref="UnknownUidException">No such user.</exception>
    public Task<ConnectorObject> GetAsync(ObjectClass objectClass, Uid uid, OperationOptions options, CancellationToken cancellation) => TryAsync(async () =>
    {
        Check(objectClass);
        ArgumentNullException.ThrowIfNull(uid);
        ImmutableArray<UserAttribute> shown = AttributesToGet.Attributes(options);
        if (await _reading.ReadAsync([await _reading.AccountAsync(uid.Value, cancellation)], shown,
            cancellation) is [var user]) return _making.Make(user, shown, options.Full);
        throw new UnknownUidException($"The tenant has no user '{uid.Value}'.") { Code = "userNotFound" };
    });

    /// <summary>The revision of a user, which costs a read of the methods; for heads that need it though no method was requested.</summary>
    public Task<string?> RevisionAsync(ObjectClass objectClass, Uid uid, CancellationToken cancellation) => TryAsync(async () =>
    {
        ConnectorObject user = await GetAsync(objectClass, uid, new OperationOptions { AttributesToGet = [AttributeNames.Phones] }, cancellation);
        return user.Uid.Revision;
    });

    /// <summary>Hands out matching objects, one by one; a handler that says false ends it.</summary>
    public Task<SearchResult> SearchAsync(ObjectClass objectClass, Filter? filter, Func<ConnectorObject, bool> handler,
        OperationOptions options, CancellationToken cancellation) => TryAsync(() =>
    {
        Check(objectClass);
        return _searching.RunAsync(filter, handler, options, cancellation);
    });

    /// <summary>
    /// ICF's three update operations in one: UPDATE is a delta that replaces (others stay as they are, no value clears), UPDATE_ATTRIBUTE_VALUES
    /// one that adds or removes. What is removed and added together is one plan.
    /// </summary>
    /// <param name="objectClass">user.</param>
    /// <param name="uid">The user, with the required revision.</param>
    /// <param name="deltas">Each attribute once.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="options">What to hand out.</param>
    /// <param name="cancellation">The caller goes away.</param>
    public Task<UpdateAnswer> UpdateDeltaAsync(ObjectClass objectClass, Uid uid, IReadOnlyCollection<AttributeDelta> deltas,
        Initiator caller, OperationOptions options, CancellationToken cancellation) => TryAsync(() =>
    {
        Check(objectClass);
        ArgumentNullException.ThrowIfNull(uid);
        ArgumentNullException.ThrowIfNull(caller);
        return _updating.RunAsync(uid, deltas, caller, options, cancellation);
    });

    /// <summary>Where the feed of changes stands now; the first call of a client that synchronises.</summary>
    /// <exception cref="ConfigurationException">The audit log cannot be read.</exception>
    public Task<SyncToken> GetLatestSyncTokenAsync(ObjectClass objectClass, CancellationToken cancellation) => TryAsync(() =>
    {
        Check(objectClass);
        return _syncing.LatestAsync(cancellation);
    });

    /// <summary>Hands out users whose security info changed since, oldest change first. A client
    /// keeps the token of the last delta it has dealt with; none came: the one it had.</summary>
    public Task SyncAsync(ObjectClass objectClass, SyncToken token, Func<SyncDelta, bool> handler, OperationOptions options, CancellationToken cancellation) =>
        TryAsync(async () =>
    {
        Check(objectClass);
        ArgumentNullException.ThrowIfNull(token);
        await _syncing.RunAsync(token, handler, options, cancellation);
        return true;
    });

    private static void Check(ObjectClass objectClass)
    {
        if (!objectClass.IsUser) throw new UnsupportedOperationException($"The object class '{objectClass.Name}' does not exist; the only one "
            + $"is is 'user'.")
        { Code = "objectClass" };
    }

    private static async Task<T> TryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (TenantException problem)
        {
            throw ErrorMapping.Map(problem.Error, problem);
        }
        catch (StoreException problem)
        {
            throw ErrorMapping.Map(problem);
        }
    }
}
