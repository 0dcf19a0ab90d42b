using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Users;

/// <summary>Searches <c>/users</c>. Has no member that writes.</summary>
public sealed class GraphUserSearch(GraphConnection connection) : IUserSearch
{
    /// <inheritdoc/>
    public async ValueTask<UserPageAnswer> PageAsync(UserQuery query, string? continuation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        Uri first = First(query);
        Uri address = first;
        if (continuation is not null
            && !connection.Addresses.TryRoute(continuation, first,
                out address)) return new UserPageAnswer.Failed(ServiceErrors.ForeignLink(continuation, Purpose.ReadUsers));
        // Order together with a filter is a query that the directory computes apart.
        GraphCall call = GraphCall.Get(address, Purpose.ReadUsers) with { EventualConsistency = IsAdvanced(query) };
        using ReadAnswer answer = await connection.Reads.SendAsync(call, cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out GraphReply? reply, out ServiceError? error)) return new UserPageAnswer.Failed(error);
        if (!UsersPage.TryRead(reply.Body, out ImmutableArray<DirectoryUser> users, out string? next, out string wrong))
        {
            return new UserPageAnswer.Failed(ServiceErrors.Unreadable(Purpose.ReadUsers, wrong, reply));
        }

        if (next is null) return new UserPageAnswer.Page(users, null);
        // Kept as it is routed: what is relative to this page would be relative to another one later.
        return connection.Addresses.TryRoute(next, address, out Uri following)
            ? new UserPageAnswer.Page(users, following.AbsoluteUri)
            : new UserPageAnswer.Failed(ServiceErrors.ForeignLink(next, Purpose.ReadUsers));
    }

    private Uri First(UserQuery query)
    {
        List<string> parts = [$"$select={GraphDirectory.Select}", FormattableString.Invariant($"$top={query.PageSize}")];
        if (!query.Conditions.IsEmpty) parts.Insert(0, "$filter=" + string.Join("%20and%20", query.Conditions.Select(Text)));
        if (query.Order is { } order) parts.Add($"$orderby={Name(order.Property)}{(order.Descending ? "%20desc" : "")}");
        if (IsAdvanced(query)) parts.Add("$count=true");
        return connection.Addresses.V1("users?" + string.Join('&', parts));
    }

    private static bool IsAdvanced(UserQuery query) => query.Order is not null && !query.Conditions.IsEmpty;

    private static string Text(UserCondition condition) => condition.Comparison switch
    {
        UserComparison.Equal => $"{Name(condition.Property)}%20eq%20{Value(condition)}",
        UserComparison.StartsWith => $"startswith({Name(condition.Property)},{Value(condition)})",
    };

    private static string Value(UserCondition condition) =>
        condition.Property is UserProperty.Enabled or UserProperty.OnPremisesSynced ? condition.Value == "true"
        ? "true" : "false" : UserUrl.Quoted(condition.Value);

    private static string Name(UserProperty property) => property switch
    {
        UserProperty.Id => "id",
        UserProperty.PrincipalName => "userPrincipalName",
        UserProperty.DisplayName => "displayName",
        UserProperty.Mail => "mail",
        UserProperty.EmployeeId => "employeeId",
        UserProperty.Enabled => "accountEnabled",
        UserProperty.UserType => "userType",
        UserProperty.OnPremisesSynced => "onPremisesSyncEnabled",
    };
}
