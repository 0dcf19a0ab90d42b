using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Migration.Steps;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Composition;

/// <summary>What the steps of <c>migrate</c> read a tenant with. Nothing in it writes to the tenant.</summary>
internal static class MigrationParts
{
    public static MigrationSource Source(ReadingTenant tenant) =>
        new(tenant.Readiness, tenant.People, tenant.Methods, tenant.Changes, tenant.Settings.Graph.Cloud == GraphCloud.Global);

    /// <summary>How long ago a change may be to be undone: steps of <c>migrate</c> have longer.</summary>
    public static TimeSpan UndoMaxAge(TenantSettings tenant, PlanOrigin origin) =>
        origin is PlanOrigin.Migration && tenant.Migration.UndoFor > tenant.UndoMaxAge ? tenant.Migration.UndoFor : tenant.UndoMaxAge;

    public static InviteGroupCheck InviteGroup(Workspace workspace, ReadingTenant tenant) =>
        new(tenant.Groups, workspace.Tenant.Migration.InviteGroup, workspace.Time);

    public static MigratingPeople People(Workspace workspace, ReadingTenant tenant) =>
        new(Source(tenant), workspace.Tenant.Readiness, workspace.Tenant.Migration, workspace.Time);
}
