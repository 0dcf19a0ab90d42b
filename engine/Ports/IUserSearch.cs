using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Pages of the tenant's users, filtered and ordered by the directory itself.</summary>
public interface IUserSearch
{
    /// <summary>One page.</summary>
    /// <param name="query">Which users, in which order.</param>
    /// <param name="continuation">What the page before gave; null for the first.</param>
    /// <param name="cancellation">Stops.</param>
    ValueTask<UserPageAnswer> PageAsync(UserQuery query, string? continuation, CancellationToken cancellation);
}

/// <summary>Answer to a search.</summary>
public abstract record UserPageAnswer
{
    private UserPageAnswer()
    {
    }

    /// <param name="Users">Users of this page; may be none though others follow.</param>
    /// <param name="Continuation">For the next page; null at the end. Good only for the same query.</param>
    public sealed record Page(ImmutableArray<DirectoryUser> Users, string? Continuation) : UserPageAnswer;

    /// <summary>Not read, or the continuation was not understood.</summary>
    public sealed record Failed(ServiceError Error) : UserPageAnswer;
}

/// <summary>Which users.</summary>
/// <param name="Conditions">All must hold; none: everybody. An answer may hold others too, so look again.</param>
/// <param name="Order">Null: as the directory likes, but the same on every page.</param>
/// <param name="PageSize">Most users a page, 1 to 999.</param>
public sealed record UserQuery(ImmutableArray<UserCondition> Conditions, UserOrder? Order, int PageSize);

/// <summary>One condition that the directory can answer.</summary>
/// <param name="Property">Of what.</param>
/// <param name="Comparison">How.</param>
/// <param name="Value">With what; <c>true</c> or <c>false</c> for flags. Texts are compared ignoring case.</param>
public readonly record struct UserCondition(UserProperty Property, UserComparison Comparison, string Value);

/// <summary>Order of a search; only by names, which is what the directory orders.</summary>
public readonly record struct UserOrder(UserProperty Property, bool Descending);

/// <summary>How a property is compared.</summary>
public enum UserComparison : byte
{
    Equal,
    StartsWith,
}

/// <summary>Properties of users that are read (docs/design.md#resolving-users).</summary>
public enum UserProperty : byte
{
    Id,
    PrincipalName,
    DisplayName,
    Mail,
    EmployeeId,
    Enabled,
    UserType,
    OnPremisesSynced,
}

/// <summary>What the directory can do with properties.</summary>
public static class UserProperties
{
    public static bool CanOrder(this UserProperty property) => property is UserProperty.PrincipalName or UserProperty.DisplayName;

    public static bool CanCompare(this UserProperty property, UserComparison comparison) => comparison switch
    {
        UserComparison.Equal => true,
        UserComparison.StartsWith => property is UserProperty.PrincipalName or UserProperty.DisplayName or UserProperty.Mail or UserProperty.EmployeeId,
    };
}
