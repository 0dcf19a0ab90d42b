using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>What a <see cref="TenantChange"/> does.</summary>
internal static class TenantChanges
{
    public static void Apply(SandboxTenant tenant, SandboxUser user, TenantChange change)
    {
        UserCredentials before = user.Credentials;
        switch (change)
        {
            case TenantChange.SetPhone(var slot, var number):
                StoredSmsState state = slot == PhoneSlot.Mobile ? SmsSignIn.Unregistered(user, tenant.Settings) : StoredSmsState.NotSupported;
                user.Credentials = before.With(slot, number is null ? null : new StoredPhone(number, state, tenant.Time.GetUtcNow()));
                break;
            case TenantChange.SetEmail(var address):
                user.Credentials = before with { Email = address };
                break;
            case TenantChange.AddMethod(var method):
                MethodKindFacts facts = MethodKindFacts.Named(method.Kind) ?? throw new SandboxSeedException($"No kind of method is called '{method.Kind}'.");
                string id = method.Id ?? DerivedId.From($"method:{user.UserPrincipalName}:{facts.Name}:{before.Others.Length}").ToString();
                user.Credentials = before with
                {
                    Others = before.Others.Add(new StoredMethod(facts.Kind, id, method.DisplayName,
                        method.Created ?? tenant.Time.GetUtcNow(), method.Properties, method.Pass)
                    { LastUsed = method.LastUsed }),
                };
                break;
            case TenantChange.RemoveMethods(var kind):
                user.Credentials = before with { Others = before.Others.RemoveAll(m => m.Kind == kind) };
                break;
            case TenantChange.UseMethods(var kind):
                DateTimeOffset now = tenant.Time.GetUtcNow();
                user.Credentials = before with { Others = [.. before.Others.Select(m => m.Kind == kind ? Used(m, now) : m)] };
                user.Personal = user.Personal with { LastSignIn = now };
                return;
            case TenantChange.SetDefault(var method):
                user.Credentials = before with { Default = method };
                break;
            case TenantChange.Rename(var name):
                tenant.Directory.Rename(user, name);
                return;
            case TenantChange.SetEnabled(var enabled):
                user.AccountEnabled = enabled;
                return;
            case TenantChange.RemoveUser:
                tenant.Directory.Remove(user);
                return;
        }
        tenant.History.Add(new CredentialChange(tenant.Time.GetUtcNow(), user.Id, user.UserPrincipalName, null, before, user.Credentials));
        tenant.Views.Written(user, before, tenant.Time.GetUtcNow(), tenant.Settings, lag: null);
        tenant.Audit.Record(tenant.Time.GetUtcNow(), user, AuditActivity.Describe(before, user.Credentials, byUser: true), AuditInitiator.TheUser(user));
    }

    private static StoredMethod Used(StoredMethod method, DateTimeOffset now) =>
        method with { LastUsed = now, Pass = method.Pass is { UsableOnce: true } pass ? pass with { Used = true } : method.Pass };
}
