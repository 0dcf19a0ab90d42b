using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Composition.Migration;

/// <summary>Reads what decides whether a person gets a pass at the helpdesk. Reads only.</summary>
/// <param name="tenant">The tenant, opened for reading.</param>
internal sealed class RescueReading(ReadingTenant tenant)
{
    /// <exception cref="ProvisioningException">The person is not found, or several are.</exception>
    /// <exception cref="TenantException">The tenant cannot be reached.</exception>
    public async Task<DirectoryUser> FindAsync(UserKey key, CancellationToken cancellation) =>
        await tenant.Directory.FindAsync(key, cancellation) switch
        {
            DirectoryAnswer.Found { Users: [var one] } => one,
            DirectoryAnswer.Found { Users.IsEmpty: true } => throw new ProvisioningException("userNotFound", "The tenant has no such user.",
                "Check the name; the object id always works.", FailureKind.UserNotHandled),
            DirectoryAnswer.Found => throw new ProvisioningException("ambiguousUser", "Several users have this key.", "Use the object id.",
                FailureKind.UserNotHandled),
            DirectoryAnswer.Failed failed => throw new ProvisioningException(failed.Error.Code, failed.Error.Message, failed.Error.Advice),
            var other => throw new System.Diagnostics.UnreachableException(other.GetType().Name),
        };

    /// <summary>What could not be read is null, and never stands for "no".</summary>
    /// <exception cref="ProvisioningException">The person's methods cannot be read.</exception>
    public async Task<RescueFacts> ReadAsync(string uid, CancellationToken cancellation)
    {
        MethodsReading reading = (await tenant.Methods.ReadAsync([new UserRead(uid)], cancellation))[0];
        if (reading is not MethodsReading.Complete { Methods: var methods } || methods.Unread.Has(MethodKind.TemporaryAccessPass))
        {
            ServiceError? error = (reading as MethodsReading.Failed)?.Error;
            throw new ProvisioningException(error?.Code ?? "rescueRefused", error?.Message ?? "The person's passes cannot be read.", error?.Advice ?? "",
                FailureKind.UserNotHandled);
        }

        RescueFacts facts = new()
        {
            KindIsCertain = false, Privileged = await PrivilegedAsync(uid, cancellation),
            Passes = [.. methods.Others.Where(static method => method.Kind == MethodKind.TemporaryAccessPass).Select(static method => method.Id)],
        };
        if ((await tenant.People.ReadPersonAsync(uid, cancellation)).TryGet(out FreshPerson? person, out _))
        {
            (AccountKind kind, bool certain) = person.Person.Signs.Kind();
            facts = facts with { Kind = kind, KindIsCertain = certain, Enabled = person.Person.Enabled };
        }

        if (!(await tenant.Readiness.ReadPolicyAsync(cancellation)).TryGet(out TenantPolicy? policy, out _)) return facts;
        PassPolicy terms = await tenant.Policies.PassAsync(cancellation);
        return facts with
        {
            InPolicy = await TargetScope.HoldsAsync(tenant.Readiness, policy.Pass, uid, cancellation),
            Shortest = terms.Shortest,
            Longest = terms.Longest,
        };
    }

    /// <summary>Whether the person holds a role or may activate one; null: not known.</summary>
    private async Task<bool?> PrivilegedAsync(string uid, CancellationToken cancellation)
    {
        if (await tenant.Directory.ReadPrivilegedAsync(cancellation) is not PrivilegedReading.Known known) return null;
        if (known.Uids.Contains(uid)) return true;
        await foreach (FeedPage<RoleHolder> page in tenant.Readiness.EligibleRolesAsync(cancellation))
        {
            if (page.Entries.Any(holder => holder.Uid.Equals(uid, StringComparison.OrdinalIgnoreCase))) return true;
            // Without the licence there are no eligible roles.
            if (page.Error is { } error) return error.Kind == ErrorKind.Licence ? false : null;
        }

        return false;
    }
}
