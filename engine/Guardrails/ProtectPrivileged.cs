using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Guardrails;

/// <summary>Users with an active directory role are held; when no one can determine who they are, nothing is written (docs/safety.md#guardrails).</summary>
internal static class ProtectPrivileged
{
    public static GuardrailVerdict Judge(PlanMeasures plan, GuardrailLimits limits)
    {
        if (!limits.ProtectPrivileged) return new(nameof(ProtectPrivileged), Verdict.Pass, null,
            null, null, "Off: users with a directory role are treated like everyone else.");
        if (plan.PrivilegedUnreadable is { } error)
        {
            return new(nameof(ProtectPrivileged), Verdict.Blocked, null, null, null,
                $"The holders of directory roles could not be read: {error.Message} Nothing is written. Grant the application RoleManagement.Read.Directory "
                + "(and GroupMember.Read.All for role-assignable groups) or AuditLog.Read.All, or set ProtectPrivileged to Off.");
        }

        string origin = plan.PrivilegedOrigin is { } known ? $" (read from {known})" : string.Empty;
        return plan.PrivilegedHeld == 0
            ? new(nameof(ProtectPrivileged), Verdict.Pass, null, 0, null, $"No user with a directory role would change{origin}.")
            : new(nameof(ProtectPrivileged), Verdict.Held, null, plan.PrivilegedHeld, "--allow protected=USER", (plan.PrivilegedHeld == 1
                    ? $"1 administrator would change and is held{origin}. "
                    : CountGuardrail.Text($"{plan.PrivilegedHeld:N0} administrators would change and are held{origin}. "))
                + "To change one of them once, run again with --allow protected=USER.");
    }
}
