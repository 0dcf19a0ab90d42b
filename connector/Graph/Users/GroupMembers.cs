using System.Collections.Immutable;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Users;

/// <summary>Members of groups, through any depth; only their ids matter.</summary>
internal static class GroupMembers
{
    /// <summary>Always of the base type: a model of every property that a user may have costs a hundred times as much.</summary>
    public static SdkList<DirectoryObject, string> Ids { get; } = new(static _ => new DirectoryObject(), static (member, ids) =>
    {
        if (member.Id is not { Length: > 0 } id) return false;
        ids.Add(id);
        return true;
    });

    /// <summary>Members of every kind.</summary>
    public static RequestInformation All(GraphConnection connection, string group) =>
        connection.Sdk.Client.Groups[group].TransitiveMembers.ToGetRequestInformation(static c =>
        {
            c.QueryParameters.Select = ["id"];
            c.QueryParameters.Top = 999;
        });

    /// <summary>Users only, which needs <c>ConsistencyLevel</c>. The SDK calls the cast <c>graph.user</c>, which other services do not know.</summary>
    public static RequestInformation Users(GraphConnection connection, string group)
    {
        RequestInformation info = new()
        {
            HttpMethod = Method.GET,
            URI = connection.Addresses.V1($"groups/{Uri.EscapeDataString(group)}/transitiveMembers/microsoft.graph.user?$select=id&$count=true&$top=999"),
        };
        info.Headers.Add("ConsistencyLevel", "eventual");
        return info;
    }
}
