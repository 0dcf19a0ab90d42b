using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Ports;

/// <summary>Reads what readiness needs besides people's methods. Has no member that writes. Retries, throttling and paging are its own business.</summary>
public interface IReadinessReader
{
    ValueTask<Reading<TenantTraits>> ReadTenantAsync(CancellationToken cancellation);

    ValueTask<Reading<TenantPolicy>> ReadPolicyAsync(CancellationToken cancellation);

    ValueTask<Reading<RegistrationAccess>> ReadRegistrationAccessAsync(CancellationToken cancellation);

    ValueTask<Reading<PhoneStrengths>> ReadPhoneStrengthsAsync(CancellationToken cancellation);

    /// <summary>Object ids of all users in a group, through any depth; a group that does not exist is empty. A page with an error is the last.</summary>
    IAsyncEnumerable<FeedPage<string>> MembersAsync(string group, CancellationToken cancellation);

    /// <summary>Who holds a directory role, groups resolved. A page with an error is the last.</summary>
    IAsyncEnumerable<FeedPage<RoleHolder>> RolesAsync(CancellationToken cancellation);

    /// <summary>Who may activate a directory role, groups resolved. A page with an error is the last.</summary>
    IAsyncEnumerable<FeedPage<RoleHolder>> EligibleRolesAsync(CancellationToken cancellation);

    /// <summary>The registration report. A page with an error is the last.</summary>
    IAsyncEnumerable<FeedPage<RegistrationDetails>> RegistrationsAsync(CancellationToken cancellation);

    /// <summary>All people of the tenant, each once. Columns that the tenant refuses are left out and named.</summary>
    /// <param name="lastSignIn">Whether to ask for the last sign-in.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="TenantException">The directory cannot be read.</exception>
    IAsyncEnumerable<PeoplePage> PeopleAsync(bool lastSignIn, CancellationToken cancellation);

    /// <summary>Requests so far: to reports, and all others.</summary>
    (long Reports, long Others) Requests { get; }
}

/// <summary>An answer, or why there is none.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
public sealed class Reading<T>
    where T : class
{
    private readonly T? _value;
    private readonly ServiceError? _error;

    public Reading(T value) => _value = value;

    public Reading(ServiceError error) => _error = error;

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ServiceError? error)
    {
        (value, error) = (_value, _error);
        return value is not null || (error is null ? throw new InvalidOperationException("A reading without outcome.") : false);
    }
}

/// <summary>A person with a directory role.</summary>
/// <param name="Uid">Object id.</param>
/// <param name="IsGlobalAdministrator">Whether the role is Global Administrator.</param>
public readonly record struct RoleHolder(string Uid, bool IsGlobalAdministrator);

/// <summary>A row of the registration report.</summary>
/// <param name="Uid">Object id.</param>
/// <param name="Methods">What is registered.</param>
/// <param name="Default">The default method.</param>
/// <param name="SystemPreferred">Whether the service chooses the strongest method.</param>
/// <param name="ResetEnabled">Whether self-service password reset is on.</param>
/// <param name="MfaCapable">Whether the person can do MFA.</param>
/// <param name="At">When the row was refreshed.</param>
public readonly record struct RegistrationDetails(
    string Uid, PersonMethods Methods, DefaultMethod Default, bool? SystemPreferred, bool? ResetEnabled, bool? MfaCapable, DateTimeOffset? At);

/// <summary>Some people of the directory.</summary>
/// <param name="People">The people.</param>
/// <param name="LeftOut">Columns that the tenant refuses, and why; the same on every page.</param>
public sealed record PeoplePage(ImmutableArray<DirectoryPerson> People, ImmutableArray<LeftOutColumn> LeftOut);

/// <summary>A column that the tenant refuses.</summary>
public sealed record LeftOutColumn(string Name, ServiceError Error);

/// <summary>A person as the directory knows them.</summary>
public sealed record DirectoryPerson
{
    /// <summary>Object id.</summary>
    public required string Uid { get; init; }

    public string? PrincipalName { get; init; }

    public string? DisplayName { get; init; }

    public string? GivenName { get; init; }

    public string? Mail { get; init; }

    public string? EmployeeId { get; init; }

    public string? Department { get; init; }

    public string? Language { get; init; }

    public string? Manager { get; init; }

    public bool? Enabled { get; init; }

    public bool OnPremisesSynced { get; init; }

    public AccountSigns Signs { get; init; }

    /// <summary>Null: never, or not asked for.</summary>
    public DateTimeOffset? LastSignIn { get; init; }
}
