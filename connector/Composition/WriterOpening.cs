using System.Collections.Immutable;
using System.Security.Cryptography;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Composition;

/// <summary>Opens the way to write to a tenant that is open for reading. Only what may change a tenant, or checks that it could, holds one.</summary>
/// <param name="trace">Called for every request.</param>
internal sealed class WriterOpening(IGraphTrace trace)
{
    /// <summary>Loads the write credential; requests go to the same place and through the same gates as the tenant's reads.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="step">The step of <c>migrate</c> that is to be written; null: other work.</param>
    public TenantWriter Open(ReadingTenant tenant, string? step)
    {
        CredentialSettings credential = (step is null ? null : tenant.Settings.StepCredentials.ByStep.GetValueOrDefault(step))
            ?? tenant.Settings.WriteCredential ?? TenantOpening.ReadCredential(tenant.Settings);
        GraphConnection connection = GraphConnection.Open(
            tenant.Options, GraphCredentials.Create(credential, tenant.Options, time: tenant.Time), tenant.Gates, tenant.Time, trace);
        return new TenantWriter(connection, () => PasswordMaking.Make(tenant.Settings.Passwords, RandomNumberGenerator.GetInt32), tenant.Time,
            step is null ? null : token => StepCheck(tenant.Settings, step, token));
    }

    /// <exception cref="ProvisioningException">The token may write more than the step needs, or does not say what it may do.</exception>
    private static void StepCheck(TenantSettings tenant, string step, TokenFacts token)
    {
        if (!tenant.StepCredentials.RefusesSurplus) return;
        string key = $"Tenants:{tenant.Name}:StepCredentials";
        string needed = string.Join(", ", StepCredentials.Needed[step]);
        if (!token.IsJwt)
        {
            if (tenant.IsLoopback) return;
            throw new ProvisioningException("overPrivileged",
                $"The token for 'migrate {step}' does not say what it may do, so it may be anything. Nothing was written.",
                $"Give the step an application of its own with {needed} and no other permission that writes ({key}:{StepCredentials.Key(step)}).",
                FailureKind.Blocked);
        }

        ImmutableArray<string> surplus = StepCredentials.Surplus(step, token.Roles);
        if (surplus.IsEmpty) return;
        throw new ProvisioningException("overPrivileged",
            $"The token for 'migrate {step}' may write more than the step needs: {string.Join(", ", surplus)}. It needs {needed}. Nothing was written.",
            $"Give the step an application of its own ({key}:{StepCredentials.Key(step)}), or set {key}:Surplus to Allow.", FailureKind.Blocked);
    }
}
