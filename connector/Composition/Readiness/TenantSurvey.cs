using System.Collections.Immutable;
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
/// <param name="order">What was asked for.</param>
internal sealed class TenantSurvey(Workspace workspace, SurveyOrder order)
{
    /// <summary>Reads the tenant. One that cannot be read is part of the answer, not an exception, so that it fails no other.</summary>
    /// <param name="people">Receives everybody.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="StoreException">The store cannot be used.</exception>
    public async Task<TenantReadiness> RunAsync(PeopleSpool people, CancellationToken cancellation)
    {
        TenantSettings settings = workspace.Tenant;
        TenantIdentity identity = new(settings.Name, settings.Graph.TenantId ?? string.Empty, settings.Graph.Cloud.ToString(),
            settings.Kind == TenantKind.Sandbox);
        try
        {
            await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(cancellation), cancellation);
            identity = tenant.Identity;
            return await ReadAsync(tenant, people, cancellation);
        }
        catch (TenantException wrong)
        {
            return Failed(identity, new ErrorDocument(wrong.Error.Code, wrong.Error.Message, wrong.Error.Advice));
        }
        catch (ProvisioningException wrong)
        {
            return Failed(identity, new ErrorDocument(wrong.Code, wrong.Message, wrong.Advice));
        }
    }

    private async Task<TenantReadiness> ReadAsync(ReadingTenant tenant, PeopleSpool people, CancellationToken cancellation)
    {
        ReadinessMemory memory = new(workspace.Store, tenant.Identity.Id);
        ImmutableArray<ReadinessSnapshot> earlier = await memory.ReadAsync(cancellation);
        ReadinessSnapshot? other = order.Since.Find(earlier, order.Live);
        ReadinessSurvey survey = new(tenant.Readiness, tenant.Methods, tenant.Changes, workspace.Tenant.Readiness, workspace.Time,
            order.Source is null ? null : await SourceAsync(order.Source, cancellation));
        SurveyResult result = await survey.RunAsync(order.Live, workspace.Tenant.Graph.Cloud == GraphCloud.Global,
            (person, token) => people.AddAsync(PersonEntry.From(person), token), cancellation);
        ReadinessSnapshot now = ReadinessSnapshot.From(result.Counts, order.RunId, result.Terms.At, order.Live);
        await memory.AddAsync(now, cancellation);
        await workspace.KeepLearnedAsync(tenant.Learned, cancellation);
        TenantReadiness found = TenantReadinessBuilder.Make(
            tenant.Identity, order.RunId, result, other is null ? null : new ReadinessChange(other, now), earlier);
        await memory.KeepLastAsync(found, cancellation);
        await people.CompleteAsync(cancellation);
        await new PeopleHistory(workspace, tenant.Identity.Id).KeepAsync(found, () => people.ReadAsync(cancellation), cancellation);
        return found;
    }

    private async Task<SourcePhones> SourceAsync(SourceArguments arguments, CancellationToken cancellation)
    {
        await using OpenedSource source = await SourceOpening.OpenAsync(arguments, order.Use, workspace, cancellation);
        return await SourcePhones.ReadAsync(source.Rows.RowsAsync(cancellation), cancellation);
    }

    private TenantReadiness Failed(TenantIdentity identity, ErrorDocument error) => new()
    {
        Tenant = identity, RunId = order.RunId, CreatedAt = workspace.Time.GetUtcNow(), AsOf = order.Live ? "live" : "report", Error = error,
    };
}

/// <summary>What was asked for.</summary>
/// <param name="RunId">This run; the same for all its tenants.</param>
/// <param name="Live">Whether everybody is read live.</param>
/// <param name="Since">Which earlier run to compare with.</param>
/// <param name="Source">An authoritative list to compare numbers with; null: none.</param>
/// <param name="Use">How sources are opened.</param>
internal sealed record SurveyOrder(string RunId, bool Live, SinceRun Since, SourceArguments? Source, SourceUse Use);
