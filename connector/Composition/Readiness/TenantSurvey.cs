using System.Collections.Immutable;
using ProvisioningConnector.Composition.About;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Composition.Readiness;

/// <summary>
/// The readiness of one tenant: read, judged, compared with an earlier run, remembered as counts. It holds a tenant opened for reading and
/// nothing that writes to one.
/// </summary>
/// <param name="workspace">The tenant's workspace.</param>
/// <param name="live">Whether everybody is read live.</param>
/// <param name="since">Which earlier run to compare with.</param>
internal sealed class TenantSurvey(Workspace workspace, bool live, SinceRun since)
{
    /// <summary>Reads the tenant. One that cannot be read is part of the answer, not an exception, so that it fails no other.</summary>
    /// <param name="people">Receives everybody.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<TenantReadiness> RunAsync(PeopleSpool people, CancellationToken cancellation)
    {
        string runId = Identity.NewId('a', workspace.Time.GetUtcNow());
        TenantSettings settings = workspace.Tenant;
        TenantIdentity identity = new(settings.Name, settings.Graph.TenantId ?? string.Empty, settings.Graph.Cloud.ToString(),
            settings.Kind == TenantKind.Sandbox);
        try
        {
            await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(cancellation), cancellation);
            identity = tenant.Identity;
            return await ReadAsync(tenant, runId, people, cancellation);
        }
        catch (TenantException wrong)
        {
            return Failed(identity, runId, new ErrorDocument(wrong.Error.Code, wrong.Error.Message, wrong.Error.Advice));
        }
        catch (ProvisioningException wrong)
        {
            return Failed(identity, runId, new ErrorDocument(wrong.Code, wrong.Message, wrong.Advice));
        }
    }

    private async Task<TenantReadiness> ReadAsync(ReadingTenant tenant, string runId, PeopleSpool people, CancellationToken cancellation)
    {
        ReadinessMemory memory = new(workspace.Store, tenant.Identity.Id);
        ImmutableArray<ReadinessSnapshot> earlier = await memory.ReadAsync(cancellation);
        ReadinessSnapshot? other = since.Find(earlier, live);
        ReadinessSurvey survey = new(tenant.Readiness, tenant.Methods, tenant.Changes, workspace.Tenant.Readiness, workspace.Time);
        SurveyResult result = await survey.RunAsync(live, workspace.Tenant.Graph.Cloud == GraphCloud.Global,
            (person, token) => people.AddAsync(PersonEntry.From(person), token), cancellation);
        ReadinessSnapshot now = ReadinessSnapshot.From(result.Counts, runId, result.Terms.At, live);
        await memory.AddAsync(now, cancellation);
        await workspace.KeepLearnedAsync(tenant.Learned, cancellation);
        return TenantReadinessMaking.Make(tenant.Identity, runId, result, other is null ? null : new ReadinessChange(other, now), earlier);
    }

    private TenantReadiness Failed(TenantIdentity identity, string runId, ErrorDocument error) => new()
    {
        Tenant = identity, RunId = runId, CreatedAt = workspace.Time.GetUtcNow(), AsOf = live ? "live" : "report", Error = error,
    };
}
