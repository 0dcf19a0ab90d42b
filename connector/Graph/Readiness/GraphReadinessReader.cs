using System.Runtime.CompilerServices;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;
using ProvisioningConnector.Graph.Sdk;
using ProvisioningConnector.Graph.Users;

namespace ProvisioningConnector.Graph.Readiness;

/// <summary>Reads what readiness needs besides people's methods. Has no member that writes.</summary>
public sealed class GraphReadinessReader : IReadinessReader
{
    private static readonly string[] RegistrationColumns =
    [
        "id", "methodsRegistered", "userPreferredMethodForSecondaryAuthentication", "isSystemPreferredAuthenticationMethodEnabled",
        "isSsprEnabled", "isMfaCapable", "lastUpdatedDateTime",
    ];

    private readonly GraphConnection _connection;
    private readonly GraphSdk _sdk;
    private readonly PeopleReads _people;
    private readonly RoleReads _roles;
    private long _reportCalls;
    private long _otherCalls;

    public GraphReadinessReader(GraphConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
        _sdk = connection.Sdk;
        _people = new PeopleReads(connection, new Pages(connection), CountOther);
        _roles = new RoleReads(connection, MembersAsync, CountOther);
    }

    /// <inheritdoc/>
    public (long Reports, long Others) Requests => (Interlocked.Read(ref _reportCalls), Interlocked.Read(ref _otherCalls));

    /// <inheritdoc/>
    public async ValueTask<Reading<TenantTraits>> ReadTenantAsync(CancellationToken cancellation)
    {
        CountOther();
        await foreach (PageAnswer<TenantTraits> page in TenantList.ReadAsync(_sdk, cancellation).ConfigureAwait(false))
        {
            if (page.Error is { } error) return new Reading<TenantTraits>(error);
            return new Reading<TenantTraits>(page.Entries.FirstOrDefault() ?? new TenantTraits(null));
        }

        return new Reading<TenantTraits>(new TenantTraits(null));
    }

    /// <inheritdoc/>
    public async ValueTask<Reading<TenantPolicy>> ReadPolicyAsync(CancellationToken cancellation)
    {
        CountOther();
        ReadFor option = new(Purpose.ReadPolicy);
        SdkAnswer<byte[]> answer = await _sdk.ReadBodyAsync(_sdk.Client.Policies.AuthenticationMethodsPolicy.ToGetRequestInformation(), option, cancellation)
            .ConfigureAwait(false);
        if (!answer.TryGet(out byte[]? body, out ServiceError? error)) return new Reading<TenantPolicy>(error);
        if (PolicyJson.Read(ResetJson.Root(body)) is not { } policy) return new Reading<TenantPolicy>(option.Unreadable("it lists no methods"));

        // Only beta returns the opt-out, and only without $select; without it the opt-out is unknown.
        CountOther();
        RequestInformation beta = new() { HttpMethod = Method.GET, URI = _connection.Addresses.Beta("policies/authenticationMethodsPolicy") };
        SdkAnswer<byte[]> more = await _sdk.ReadBodyAsync(beta, new ReadFor(Purpose.ReadPolicy), cancellation).ConfigureAwait(false);
        return new Reading<TenantPolicy>(policy with
        {
            OptedOut = more.TryGet(out byte[]? optOut, out _) ? PolicyJson.OptedOut(ResetJson.Root(optOut)) : null,
        });
    }

    /// <inheritdoc/>
    public async ValueTask<Reading<RegistrationAccess>> ReadRegistrationAccessAsync(CancellationToken cancellation)
    {
        List<RegistrationPolicy> policies = [];
        await foreach (PageAnswer<RegistrationPolicy> page in _sdk.ListAsync(
            _sdk.Client.Identity.ConditionalAccess.Policies.ToGetRequestInformation(), Purpose.ReadConditionalAccess, RegistrationPolicy.List, cancellation)
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
        await foreach (PageAnswer<string> page in _sdk.ListAsync(
            _sdk.Client.Policies.AuthenticationStrengthPolicies.ToGetRequestInformation(), Purpose.ReadPolicy, PhoneStrengthNames.List, cancellation)
            .ConfigureAwait(false))
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
        await foreach (PageAnswer<string> page in GroupMembers.ReadAsync(_connection, group, CountOther, cancellation).ConfigureAwait(false))
        {
            if (page.Error is { Kind: ErrorKind.NotFound }) yield break;
            yield return new FeedPage<string>(page.Entries, page.Error);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<FeedPage<RoleHolder>> RolesAsync(CancellationToken cancellation) =>
        _roles.ReadAsync("roleAssignments", Purpose.ReadRoles, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<FeedPage<RoleHolder>> EligibleRolesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Instances are what counts now; a server that does not have them may have the schedules that they come from.
        string[] ways = ["roleEligibilityScheduleInstances", "roleEligibilitySchedules"];
        for (int way = 0; way < ways.Length; way++)
        {
            bool refused = false;
            await foreach (FeedPage<RoleHolder> page in _roles.ReadAsync(ways[way], Purpose.ReadEligibilities, cancellation).ConfigureAwait(false))
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
        (string[] Select, int? Top)[] ways = [(RegistrationColumns, 999), ([], null)];
        for (int way = 0; way < ways.Length; way++)
        {
            bool first = true;
            bool refused = false;
            await foreach (PageAnswer<RegistrationDetails> page in _sdk.ListAsync(
                _sdk.Client.Reports.AuthenticationMethods.UserRegistrationDetails
                    .ToGetRequestInformation(c => (c.QueryParameters.Select, c.QueryParameters.Top) = ways[way]),
                Purpose.ReadReport, RegistrationModel.List, cancellation).ConfigureAwait(false))
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
