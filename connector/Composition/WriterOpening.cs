using System.Security.Cryptography;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Credentials;
using ProvisioningConnector.Graph.Http;

namespace ProvisioningConnector.Composition;

/// <summary>Opens the way to write to a tenant that is open for reading. Only what may change a tenant, or checks that it could, holds one.</summary>
/// <param name="time">The clock.</param>
/// <param name="trace">Called for every request.</param>
internal sealed class WriterOpening(TimeProvider time, IGraphTrace trace)
{
    /// <summary>Loads the write credential; requests go to the same place and through the same gates as the tenant's reads.</summary>
    public TenantWriter Open(ReadingTenant tenant)
    {
        CredentialSettings credential = tenant.Settings.WriteCredential ?? TenantOpening.ReadCredential(tenant.Settings);
        GraphConnection connection = GraphConnection.Open(
            tenant.Options, GraphCredentials.Create(credential, tenant.Options, time: time), tenant.Gates, time, trace);
        return new TenantWriter(connection, () => PasswordMaking.Make(tenant.Settings.Passwords, RandomNumberGenerator.GetInt32), time);
    }
}
