using System.Runtime.CompilerServices;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Users;

/// <summary>Members of groups, through any depth; only their ids matter. The SDK's model of a person costs a hundred times as much, and every plan reads the
/// groups that hold roles (docs/graph.md#how-the-sdk-is-used).</summary>
internal static class GroupMembers
{
    public static SdkList<DirectoryId, string> Ids { get; } = new(static _ => new DirectoryId(), static (member, ids) =>
    {
        if (member.Id is not { Length: > 0 } id) return false;
        ids.Add(id);
        return true;
    });

    /// <summary>
    /// Users of a group, page by page; a page with an error is the last, and <see cref="ErrorKind.NotFound"/> means that there is no such group. A server that
    /// does not know the cast to users, or what it needs, is asked without; groups among the answer do no harm.
    /// </summary>
    /// <param name="connection">The tenant.</param>
    /// <param name="group">The group's object id.</param>
    /// <param name="asked">Called for each answer.</param>
    /// <param name="cancellation">Stops.</param>
    public static async IAsyncEnumerable<PageAnswer<string>> ReadAsync(
        GraphConnection connection, string group, Action asked, [EnumeratorCancellation] CancellationToken cancellation)
    {
        RequestInformation[] ways = [Users(connection.Addresses, group), All(connection.Addresses, group)];
        for (int way = 0; way < ways.Length; way++)
        {
            bool first = true;
            bool refused = false;
            await foreach (PageAnswer<string> page in connection.Sdk.ListAsync(ways[way], Purpose.ReadGroup, Ids, cancellation).ConfigureAwait(false))
            {
                asked();
                // 404 may be about the group or about the cast; only the plain question can separate them.
                refused = first && way + 1 < ways.Length && page.Error is { Kind: ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.NotFound };
                first = false;
                if (refused) break;
                yield return page;
            }

            if (!refused) yield break;
        }
    }

    /// <summary>Members of every kind.</summary>
    public static RequestInformation All(GraphAddress addresses, string group) => Ask(addresses, group, "?$select=id&$top=999");

    /// <summary>Users only, which needs <c>ConsistencyLevel</c>.</summary>
    public static RequestInformation Users(GraphAddress addresses, string group)
    {
        RequestInformation info = Ask(addresses, group, "/microsoft.graph.user?$select=id&$count=true&$top=999");
        info.Headers.Add("ConsistencyLevel", "eventual");
        return info;
    }

    private static RequestInformation Ask(GraphAddress addresses, string group, string rest) => new()
    {
        HttpMethod = Method.GET, URI = addresses.V1($"groups/{Uri.EscapeDataString(group)}/transitiveMembers{rest}"),
    };
}

/// <summary>Anything of the directory of which only the id matters.</summary>
internal class DirectoryId : IParsable
{
    public string? Id { get; private set; }

    /// <inheritdoc/>
    public virtual IDictionary<string, Action<IParseNode>> GetFieldDeserializers() => new Dictionary<string, Action<IParseNode>>(StringComparer.Ordinal)
    {
        ["id"] = node => Id = node.GetStringValue(),
    };

    /// <inheritdoc/>
    public void Serialize(ISerializationWriter writer) => throw new NotSupportedException("An id is only read.");
}
