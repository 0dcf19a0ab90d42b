using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>Searches a model tenant as the directory does; keeps what it was asked.</summary>
public sealed class ModelUserSearch(VirtualWorld world, ModelTenant tenant) : IUserSearch
{
    public List<UserQuery> Queries { get; } = [];

    /// <summary>Why it cannot be searched; null when it can.</summary>
    public ServiceError? Problem { get; set; }

    /// <summary>So many users at the end of a page stand on the next one again, as in a directory that changes while it is paged.</summary>
    public int Overlap { get; set; }

    public async ValueTask<UserPageAnswer> PageAsync(UserQuery query, string? continuation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        Queries.Add(query);
        await world.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        if (Problem is { } error) return new UserPageAnswer.Failed(error);
        IEnumerable<DirectoryUser> users = tenant.Users.Where(u => u.Exists).Select(u => u.Account).Where(u => query.Conditions.All(c => Holds(u, c)));
        if (query.Order is { } order)
        {
            users = users.OrderBy(u => Value(u, order.Property), StringComparer.OrdinalIgnoreCase);
            if (order.Descending) users = users.Reverse();
        }

        int start = continuation is null ? 0 : int.Parse(continuation, CultureInfo.InvariantCulture);
        DirectoryUser[] all = [.. users];
        ImmutableArray<DirectoryUser> page = [.. all.Skip(Math.Max(0, start - Overlap)).Take(query.PageSize)];
        int next = Math.Max(0, start - Overlap) + page.Length;
        return new UserPageAnswer.Page(page, next < all.Length ? next.ToString(CultureInfo.InvariantCulture) : null);
    }

    private static bool Holds(DirectoryUser user, UserCondition condition) => Value(user, condition.Property) is { } value && condition.Comparison switch
    {
        UserComparison.Equal => string.Equals(value, condition.Value, StringComparison.OrdinalIgnoreCase),
        UserComparison.StartsWith => value.StartsWith(condition.Value, StringComparison.OrdinalIgnoreCase),
    };

    private static string? Value(DirectoryUser user, UserProperty property) => property switch
    {
        UserProperty.Id => user.Uid,
        UserProperty.PrincipalName => user.PrincipalName,
        UserProperty.DisplayName => user.DisplayName,
        UserProperty.Mail => user.Mail,
        UserProperty.EmployeeId => user.EmployeeId,
        UserProperty.Enabled => user.Enabled switch { true => "true", false => "false", null => null },
        UserProperty.UserType => user.IsGuest ? "Guest" : "Member",
        UserProperty.OnPremisesSynced => user.OnPremisesSynced ? "true" : null,
    };
}
