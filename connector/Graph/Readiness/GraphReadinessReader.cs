using System.Runtime.CompilerServices;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Users;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Reads what readiness needs besides people's methods. Has no member that writes.</summary>
public sealed class GraphReadinessReader : IReadinessReader
{
    private readonly GraphConnection _connection;
    private readonly Pages _pages;
    private readonly Pages _computed;
    private readonly Pages _reports;
    private readonly PeopleReads _people;
    private readonly RoleReads _roles;
    private long _reportCalls;
    private long _otherCalls;

    public GraphReadinessReader(GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
        _pages = new Pages(connection, connection.Reads);
        _computed = new Pages(connection, connection.Reads) { EventualConsistency = true };
        _reports = new Pages(connection, connection.Reports);
        _people = new PeopleReads(connection, _pages, CountOther);
        _roles = new RoleReads(connection, _pages, MembersAsync, CountOther);
    }

    /// <inheritdoc/>
    public (long Reports, long Others) Requests => (Interlocked.Read(ref _reportCalls), Interlocked.Read(ref _otherCalls));

    /// <inheritdoc/>
    public async ValueTask<Reading<TenantTraits>> ReadTenantAsync(CancellationToken cancellation)
    {
        CountOther();
        Uri address = _connection.Addresses.V1("organization?$select=id,tenantType");
        using ReadAnswer answer = await _connection.Reads.SendAsync(GraphCall.Get(address, Purpose.ReadOrganization), cancellation).ConfigureAwait(false);
        if (!answer.TryGet(out GraphReply? reply, out ServiceError? error)) return new Reading<TenantTraits>(error);
        JsonElement root = ResetJson.Root(reply.Body);
        return root.Part("value").ValueKind == JsonValueKind.Array
            ? new Reading<TenantTraits>(new TenantTraits(root.Items("value").FirstOrDefault().Text("tenantType")))
            : new Reading<TenantTraits>(ServiceErrors.Unreadable(Purpose.ReadOrganization, "it holds no list", reply));
    }

    /// <inheritdoc/>
    public async ValueTask<Reading<TenantPolicy>> ReadPolicyAsync(CancellationToken cancellation)
    {
        CountOther();
        const string Path = "policies/authenticationMethodsPolicy";
        using ReadAnswer answer = await _connection.Reads.SendAsync(GraphCall.Get(_connection.Addresses.V1(Path), Purpose.ReadPolicy), cancellation)
            .ConfigureAwait(false);
        if (!answer.TryGet(out GraphReply? reply, out ServiceError? error)) return new Reading<TenantPolicy>(error);
        if (PolicyJson.Read(ResetJson.Root(reply.Body)) is not { } policy)
        {
            return new Reading<TenantPolicy>(ServiceErrors.Unreadable(Purpose.ReadPolicy, "it lists no methods", reply));
        }

        // Only beta returns the opt-out, and only without $select; without it the opt-out is unknown.
        CountOther();
        using ReadAnswer beta = await _connection.Reads.SendAsync(GraphCall.Get(_connection.Addresses.Beta(Path), Purpose.ReadPolicy), cancellation)
            .ConfigureAwait(false);
        bool? optedOut = beta.TryGet(out GraphReply? more, out _) ? PolicyJson.OptedOut(ResetJson.Root(more.Body)) : null;
        return new Reading<TenantPolicy>(policy with { OptedOut = optedOut });
    }

    /// <inheritdoc/>
    public async ValueTask<Reading<RegistrationAccess>> ReadRegistrationAccessAsync(CancellationToken cancellation)
    {
        List<RegistrationPolicy> policies = [];
        await foreach (PageAnswer<RegistrationPolicy> page in _pages.ReadAsync<RegistrationPolicy>(
            _connection.Addresses.V1("identity/conditionalAccess/policies"), Purpose.ReadConditionalAccess, AccessJson.TryRead, cancellation)
            .ConfigureAwait(false))
        {
            CountOther();
            if (page.Error is { } error) return new Reading<RegistrationAccess>(error);
            policies.AddRange(page.Entries);
        }

        return new Reading<RegistrationAccess>(new RegistrationAccess(policies.Exists(static p => p.BlocksAll), [.. policies.Select(static p => p.Name)]));
    }

    /// <inheritdoc/>
    public async ValueTask<Reading<PhoneStrengths>> ReadPhoneStrengthsAsync(CancellationToken cancellation)
    {
        List<string> names = [];
        await foreach (PageAnswer<string> page in _pages.ReadAsync<string>(_connection.Addresses.V1("policies/authenticationStrengthPolicies"),
            Purpose.ReadPolicy, StrengthJson.TryRead, cancellation).ConfigureAwait(false))
        {
            CountOther();
            if (page.Error is { } error) return new Reading<PhoneStrengths>(error);
            names.AddRange(page.Entries);
        }

        return new Reading<PhoneStrengths>(new PhoneStrengths([.. names]));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedPage<string>> MembersAsync(string group, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string path = $"groups/{Uri.EscapeDataString(group)}/transitiveMembers";
        // A server that does not know the cast, or what it needs, is asked without; groups among the answer do no harm.
        (Pages Pages, string Query)[] ways = [(_computed, "/microsoft.graph.user?$select=id&$count=true&$top=999"), (_pages, "?$select=id&$top=999")];
        for (int way = 0; way < ways.Length; way++)
        {
            bool first = true;
            bool refused = false;
            await foreach (PageAnswer<string> page in ways[way].Pages.ReadAsync<string>(_connection.Addresses.V1(path + ways[way].Query), Purpose.ReadGroup,
                IdsPage.TryRead, cancellation).ConfigureAwait(false))
            {
                CountOther();
                // 404 may be about the group or about the cast; only the plain question can separate them.
                refused = first && way + 1 < ways.Length && page.Error is { Kind: ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.NotFound };
                first = false;
                if (refused) break;
                if (page.Error is { Kind: ErrorKind.NotFound }) yield break;
                yield return new FeedPage<string>(page.Entries, page.Error);
            }

            if (!refused) yield break;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<FeedPage<RoleHolder>> RolesAsync(CancellationToken cancellation) =>
        _roles.ReadAsync("roleManagement/directory/roleAssignments", Purpose.ReadRoles, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedPage<RoleHolder>> EligibleRolesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Instances are what counts now; a server that does not have them may have the schedules that they come from.
        string[] ways = ["roleEligibilityScheduleInstances", "roleEligibilitySchedules"];
        for (int way = 0; way < ways.Length; way++)
        {
            bool refused = false;
            await foreach (FeedPage<RoleHolder> page in _roles.ReadAsync("roleManagement/directory/" + ways[way], Purpose.ReadEligibilities, cancellation)
                .ConfigureAwait(false))
            {
                refused = way + 1 < ways.Length && page.Error is { Kind: ErrorKind.Refused or ErrorKind.InvalidValue or ErrorKind.NotFound };
                if (refused) break;
                yield return page;
            }

            if (!refused) yield break;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedPage<RegistrationDetails>> RegistrationsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        const string Columns = "id,methodsRegistered,userPreferredMethodForSecondaryAuthentication,isSystemPreferredAuthenticationMethodEnabled,"
            + "isSsprEnabled,isMfaCapable,lastUpdatedDateTime";
        string[] ways = [$"?$select={Columns}&$top=999", string.Empty];
        for (int way = 0; way < ways.Length; way++)
        {
            bool first = true;
            bool refused = false;
            await foreach (PageAnswer<RegistrationDetails> page in _reports.ReadAsync<RegistrationDetails>(
                _connection.Addresses.V1("reports/authenticationMethods/userRegistrationDetails" + ways[way]), Purpose.ReadReport, RegistrationJson.TryRead,
                cancellation).ConfigureAwait(false))
            {
                Interlocked.Increment(ref _reportCalls);
                refused = first && way + 1 < ways.Length && page.Error is { Kind: ErrorKind.Refused or ErrorKind.InvalidValue };
                first = false;
                if (refused) break;
                yield return new FeedPage<RegistrationDetails>(page.Entries, page.Error);
            }

            if (!refused) yield break;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<PeoplePage> PeopleAsync(bool lastSignIn, CancellationToken cancellation) => _people.ReadAsync(lastSignIn, cancellation);

    private void CountOther() => Interlocked.Increment(ref _otherCalls);
}
