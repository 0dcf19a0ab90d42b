using System.Collections.Concurrent;
using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// <c>_action=liveSync</c>: whose methods changed since the last call. The token is kept in the
/// store, one per tenant; the first call only keeps where the feed stands.
/// OpenIDM's answer is followed by <c>changes</c>, as no one here could pass them on.
/// </summary>
internal sealed class LiveSync(RequestTenants tenants, IRunStore store)
{
    private const int MostChanges = 200;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Parameters of the action.</summary>
    public static IReadOnlyCollection<string> Parameters { get; } = ["source", "detailedFailure"];

    public async Task RunAsync(HttpContext context, string tenant, SystemCall call)
    {
        context.Demand(tenant, Right.Read);
        if (call.IsDryRun) throw new CallRefusal(new CrestError(CrestStatus.BadRequest,
            "There is no dry run of liveSync: it moves the kept token. Nothing was done."));
        TenantSession session = await tenants.OpenAsync(context, tenant);
        SemaphoreSlim turn = _turns.GetOrAdd(session.Identity.Id, static _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(context.RequestAborted);
        try
        {
            await RunAsync(context, session, call);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task RunAsync(HttpContext context, TenantSession session, SystemCall call)
    {
        string note = $"livesync:{session.Identity.Id}:{ObjectClass.User.Name}";
        Kept? kept = await store.ReadNoteAsync(note, context.RequestAborted) is { } text ? JsonSerializer.Deserialize<Kept>(text) : null;
        ShownFields shown = ShownFields.From(call.Query.Fields);
        OperationOptions options = shown.Options(context.Caller().Can(session.Settings.Name, Right.ReadFull));
        List<SyncDelta> changes = [];
        SyncToken token;
        if (kept is null)
        {
            token = await session.Icf.GetLatestSyncTokenAsync(ObjectClass.User, context.RequestAborted);
        }
        else
        {
            await session.Icf.SyncAsync(ObjectClass.User, new SyncToken(kept.Token), delta =>
            {
                changes.Add(delta);
                return changes.Count < MostChanges;
            }, options, context.RequestAborted);
            token = changes.Count == 0 ? new SyncToken(kept.Token) : changes[^1].Token;
        }

        Kept next = new((kept?.Revision ?? 0) + 1, token.Value);
        if (kept?.Token != token.Value) await store.WriteNoteAsync(note, JsonSerializer.Serialize(next), CancellationToken.None);
        else next = kept;
        await Answers.JsonAsync(context, json => Write(json, session.Settings.Name, next, changes, shown));
    }

    private static void Write(Utf8JsonWriter json, string tenant, Kept kept, List<SyncDelta> changes, ShownFields shown)
    {
        json.WriteStartObject();
        json.WriteString("_rev", kept.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("_id", $"SYSTEM{tenant}{ObjectClass.User.Name}".ToUpperInvariant());
        json.WriteStartObject("connectorData");
        json.WriteString("nativeType", "string");
        json.WriteString("syncToken", kept.Token);
        json.WriteEndObject();
        json.WriteStartArray("changes");
        foreach (SyncDelta change in changes)
        {
            json.WriteStartObject();
            json.WriteString("_id", change.Uid.Value);
            json.WriteString("type", change.Type switch
            {
                SyncDeltaType.CreateOrUpdate => "CREATE_OR_UPDATE",
                SyncDeltaType.Delete => "DELETE",
            });
            if (change.Object is { } user)
            {
                json.WritePropertyName("object");
                shown.Projection.Write(json, ObjectJson.Write(user, shown));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What the store keeps.</summary>
    private sealed record Kept(long Revision, string Token);
}
