using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>The tenant's directory of users (docs/design.md#resolving-users).</summary>
public interface IUserDirectory
{
    /// <summary>All users of the tenant, page by page, each once. A page that cannot be read
    /// ends in <see cref="TenantException"/>: half a directory is no directory.</summary>
    IAsyncEnumerable<ImmutableArray<DirectoryUser>> PagesAsync(CancellationToken cancellation);

    /// <summary>The users that one key names: none, one, or several (several only for employeeId and mail).</summary>
    ValueTask<DirectoryAnswer> FindAsync(UserKey key, CancellationToken cancellation);

    /// <summary>Number of all users in the tenant.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellation);

    /// <summary>Object ids with an active directory role, groups resolved; else administrators
    /// of the registration report (docs/safety.md#protected-users, <c>ProtectPrivileged</c>).</summary>
    ValueTask<PrivilegedReading> ReadPrivilegedAsync(CancellationToken cancellation);

    /// <summary>Object ids of all users in a group, through any depth.</summary>
    /// <param name="group">The group's object id.</param>
    /// <param name="cancellation">Stops.</param>
    ValueTask<MembersReading> ReadMembersAsync(string group, CancellationToken cancellation);

    /// <summary>What kind of tenant it is; of an unknown type where it cannot be read.</summary>
    ValueTask<TenantTraits> ReadTraitsAsync(CancellationToken cancellation);
}

/// <summary>Who is in a group.</summary>
public abstract record MembersReading
{
    private MembersReading()
    {
    }

    /// <param name="Uids">Object ids of its members; ids of other things among them do no harm. May be empty.</param>
    public sealed record Known(ImmutableArray<string> Uids) : MembersReading;

    /// <summary>The tenant answered and has no such group.</summary>
    public sealed record NoGroup : MembersReading;

    /// <summary>The tenant did not give a trustworthy answer.</summary>
    public sealed record Unreadable(ServiceError Error) : MembersReading;
}

/// <summary>Answer to a look-up.</summary>
public abstract record DirectoryAnswer
{
    private DirectoryAnswer()
    {
    }

    /// <summary>The tenant answered; no one when the array is empty.</summary>
    public sealed record Found(ImmutableArray<DirectoryUser> Users) : DirectoryAnswer;

    /// <summary>The tenant did not give a trustworthy answer.</summary>
    public sealed record Failed(ServiceError Error) : DirectoryAnswer;
}

/// <summary>Who is privileged.</summary>
public abstract record PrivilegedReading
{
    private PrivilegedReading()
    {
    }

    /// <param name="Uids">Object ids of privileged users; compared ignoring case.</param>
    /// <param name="Origin">Where it was read, for messages: role assignments or the registration report.</param>
    public sealed record Known(ImmutableHashSet<string> Uids, string Origin) : PrivilegedReading;

    /// <summary>Neither source could be read.</summary>
    public sealed record Unreadable(ServiceError Error) : PrivilegedReading;
}
