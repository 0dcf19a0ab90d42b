using System.Text.Json;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Reads what a group is and what it confers (docs/graph.md#group-membership). Has no member that writes.</summary>
public sealed class GraphGroupReader : IGroupReader
{
    private const string Columns = "id,securityEnabled,mailEnabled,groupTypes,membershipRule,onPremisesSyncEnabled,isAssignableToRole,assignedLicenses";

    private const int MaxPages = 50;

    private readonly GraphConnection _connection;

    public GraphGroupReader(GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
    }

    /// <inheritdoc/>
    public async ValueTask<GroupTraits> ReadTraitsAsync(string group, CancellationToken cancellation)
    {
        string root = "groups/" + Uri.EscapeDataString(group);
        GroupTraits traits = new();
        SdkAnswer<byte[]> answer = await GetAsync(_connection.Addresses.V1($"{root}?$select={Columns}"), Purpose.ReadGroup, cancellation).ConfigureAwait(false);
        if (answer.TryGet(out byte[]? body, out _) && ResetJson.Root(body) is { ValueKind: JsonValueKind.Object } json
            && string.Equals(json.Text("id"), group, StringComparison.OrdinalIgnoreCase)) traits = Of(json);
        return traits with
        {
            Applications = await CountAsync(root + "/appRoleAssignments", Purpose.ReadGroup, static _ => true, cancellation).ConfigureAwait(false),
            Parents = await CountAsync(root + "/transitiveMemberOf?$select=id", Purpose.ReadGroup, static _ => true, cancellation).ConfigureAwait(false),
            // Wherever a policy names it: included or excluded, in force or not.
            Policies = await CountAsync("identity/conditionalAccess/policies", Purpose.ReadConditionalAccess,
                policy => policy.GetRawText().Contains(group, StringComparison.OrdinalIgnoreCase), cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>A property that is missing says nothing; null is what the service answers for "no" where a property has no value.</summary>
    private static GroupTraits Of(JsonElement group) => new()
    {
        Security = group.Flag("securityEnabled"), Mail = group.Flag("mailEnabled"),
        Dynamic = Has(group, "membershipRule") && Has(group, "groupTypes")
            ? group.Text("membershipRule") is not null || group.Items("groupTypes").Any() : null,
        OnPremises = Has(group, "onPremisesSyncEnabled") ? group.Flag("onPremisesSyncEnabled") == true : null,
        RoleAssignable = Has(group, "isAssignableToRole") ? group.Flag("isAssignableToRole") == true : null,
        Licences = Has(group, "assignedLicenses") ? group.Items("assignedLicenses").Count() : null,
    };

    private static bool Has(JsonElement group, string name) => group.TryGetProperty(name, out _);

    /// <summary>How many entries of a list count; null: not all of it could be read.</summary>
    private async ValueTask<int?> CountAsync(string path, Purpose purpose, Func<JsonElement, bool> counts, CancellationToken cancellation)
    {
        Uri address = _connection.Addresses.V1(path);
        int count = 0;
        for (int page = 1; page <= MaxPages; page++)
        {
            SdkAnswer<byte[]> answer = await GetAsync(address, purpose, cancellation).ConfigureAwait(false);
            if (!answer.TryGet(out byte[]? body, out _)) return null;
            JsonElement json = ResetJson.Root(body);
            if (json.Part("value").ValueKind != JsonValueKind.Array) return null;
            count += json.Items("value").Count(counts);
            if (json.Text("@odata.nextLink") is not { } next) return count;
            if (!_connection.Addresses.TryRoute(next, address, out Uri routed)) return null;
            address = routed;
        }

        return null;
    }

    private ValueTask<SdkAnswer<byte[]>> GetAsync(Uri address, Purpose purpose, CancellationToken cancellation) =>
        _connection.Sdk.ReadBodyAsync(new RequestInformation { HttpMethod = Method.GET, URI = address }, new ReadFor(purpose), cancellation);
}
