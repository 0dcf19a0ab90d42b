using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Runs.Retiring;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Who is protected, and how many users there are: dear to read, so believed for a while.</summary>
internal sealed class AccountMemory(PipelinePorts ports, PipelineSettings settings, CancellationToken life)
{
    private readonly Remembered<PrivilegedReading> _privileged = new(
        () => ports.Tenant.Directory.ReadPrivilegedAsync(life).AsTask(),
        static reading => reading is PrivilegedReading.Known, settings.PrivilegedMaxAge, ports.Time);

    private readonly Remembered<ProtectedUsers> _protected = new(
        () => new ProtectedLookUp(settings.Protected).EndAsync(ports.Tenant.Directory, life).AsTask(),
        static users => users.NotChecked.IsEmpty, settings.PrivilegedMaxAge, ports.Time);

    private readonly Remembered<RetiredPeople> _retired = new(
        () => RetiredPeople.ReadAsync(settings.RetiredGroups, ports.Tenant.Directory, life).AsTask(), static _ => true, settings.PrivilegedMaxAge, ports.Time);

    private readonly Remembered<RetiringPhones?> _retiring = new(
        () => RetiringLookUp.ReadAsync(settings.Limits.RetiringMethod, settings.Retiring, ports.Tenant.Directory, null, ports.Time.GetUtcNow(), life).AsTask(),
        static _ => true, settings.PrivilegedMaxAge, ports.Time);

    private readonly Remembered<long> _population = new(() => ports.Tenant.Directory.CountAsync(life).AsTask(),
        static _ => true, settings.PopulationMaxAge, ports.Time);

    public ValueTask<long> PopulationAsync(CancellationToken cancellation) => _population.GetAsync(cancellation);

    /// <summary>As in runs.</summary>
    public async ValueTask<Protection> ProtectionAsync(Allowances allowances, CancellationToken cancellation)
    {
        ImmutableHashSet<string> uids = await PrivilegedAsync(cancellation) is PrivilegedReading.Known known
            ? known.Uids.WithComparer(StringComparer.OrdinalIgnoreCase) : [];
        return new Protection(await _protected.GetAsync(cancellation), uids, settings.Limits, allowances)
        {
            Retiring = await _retiring.GetAsync(cancellation), Retired = await _retired.GetAsync(cancellation),
        };
    }

    /// <summary>When no one can determine who is protected or privileged, anybody may be: a run is blocked then, a single user is held.</summary>
    public async ValueTask<HoldReason?> DoubtAsync(DirectoryUser user, Allowances allowances, CancellationToken cancellation)
    {
        ImmutableHashSet<string> named = allowances.ProtectedUsers;
        if (named.Contains(user.Uid) || (user.PrincipalName is { } name && named.Contains(name))) return null;
        if ((await _protected.GetAsync(cancellation)).Doubt() is { } doubt) return doubt;
        if (await PrivilegedAsync(cancellation) is not PrivilegedReading.Unreadable { Error: var error }) return null;
        return new HoldReason(HoldCodes.ProtectPrivileged, false, $"It could not be read whether the user holds a directory role: {error.Message} "
            + "Grant the application RoleManagement.Read.Directory (and GroupMember.Read.All) or AuditLog.Read.All, or set ProtectPrivileged to Off.");
    }

    /// <summary>A name that was another account's when it was last verified is held, as in runs: it was given to
    /// another person, or the account was recreated.</summary>
    /// <param name="name">The caller's name for the user.</param>
    /// <param name="user">Whose it is now.</param>
    /// <param name="allowances">What is allowed for once.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Null when it did not move, or is an object id, which cannot.</returns>
    public async ValueTask<HoldReason?> MovedAsync(
        UserKey name, DirectoryUser user, Allowances allowances, CancellationToken cancellation)
    {
        if (name.Kind == UserKeyKind.Name && string.Equals(name.Value, user.Uid, StringComparison.OrdinalIgnoreCase)) return null;
        if (allowances.AllowsMoved(user.Uid, user.PrincipalName ?? user.Uid, name.ToString())) return null;
        ImmutableHashSet<string> moved = await ports.States.MovedNamesAsync(
            ports.Tenant.Identity.Id, [new NamedUser(name.ToString(), user.Uid)], cancellation);
        if (moved.IsEmpty) return null;
        return new HoldReason(HoldCodes.IdentityChanged, false,
            $"'{name}' belonged to another account when it was last verified, and belongs to {user.Uid} now: the name was given to another person, or the "
            + $"account was recreated. Nothing is written. Name the user by object id, or allow it once, with a reason: --allow identityChanged={name}, "
            + $"or the header X-Allow: identityChanged={name}.");
    }

    private async ValueTask<PrivilegedReading?> PrivilegedAsync(CancellationToken cancellation) =>
        settings.Limits.ProtectPrivileged ? await _privileged.GetAsync(cancellation) : null;
}
