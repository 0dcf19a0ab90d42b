using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tenant;

/// <summary>Temporary access passes and the policy about them (docs/graph.md#temporary-access-pass).</summary>
internal static class PassRules
{
    private const string Id = "TemporaryAccessPass";

    /// <summary>Whether a pass can be used now, and the service's word for why.</summary>
    public static (bool Usable, string Reason) Usability(StoredPass pass, SandboxUser user, SandboxTenant tenant)
    {
        DateTimeOffset now = tenant.Time.GetUtcNow();
        return pass.Used ? (false, "OneTimeUsed")
            : now < pass.Start ? (false, "NotYetValid")
            : now >= pass.Start.AddMinutes(pass.LifetimeInMinutes) ? (false, "Expired")
            : InScope(user, tenant) ? (true, "EnabledByPolicy") : (false, "DisabledByPolicy");
    }

    /// <summary>Whether the policy lets the user sign in with a pass.</summary>
    public static bool InScope(SandboxUser user, SandboxTenant tenant)
    {
        if (tenant.Settings.Policy.Methods?.GetValueOrDefault(Id) is not { } method) return true;
        return method.Enabled && method.Include.Any(Holds) && !method.Exclude.Any(Holds);

        bool Holds(string target) => target.Equals("all_users", StringComparison.OrdinalIgnoreCase)
            || (Guid.TryParse(target, out Guid id) && (id == user.Id
                || (tenant.Directory.Groups.ContainsKey(id) && tenant.Directory.TransitiveMembers(id).Contains(user.Id))));
    }

    /// <summary>Why the service refuses to create a pass; null when it does not.</summary>
    public static string? Refusal(int lifetime, bool once, SandboxUser user, SandboxTenant tenant)
    {
        MethodsPolicySettings policy = tenant.Settings.Policy;
        (int shortest, int longest) = policy.Pass is { } terms ? (terms.MinimumLifetimeInMinutes, terms.MaximumLifetimeInMinutes) : (10, 43_200);
        if (lifetime < shortest || lifetime > longest) return $"The lifetime must be between {shortest} and {longest} minutes.";
        if (policy.Pass is { UsableOnce: true } && !once) return "Multi-use Temporary Access Pass is not allowed by policy.";
        return policy.PassOutsidePolicy == Tolerance.Refuse && !InScope(user, tenant) ? "Temporary Access Pass is not enabled for the user by policy." : null;
    }
}
