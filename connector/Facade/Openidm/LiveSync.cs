using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Icf.Objects;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary>
/// <c>_action=liveSync</c>: whose methods changed since a token (docs/openidm.md#livesync): the one that the caller sends, or the one that the store keeps
/// for this caller. The kept one moves when the whole answer is written. OpenIDM's answer is followed by <c>changes</c>, as no one here could pass them on.
/// </summary>
internal sealed class LiveSync(RequestTenants tenants, IRunStore store, KeyedDigests digests)
{
    private const int MostChanges = 200;
    private const string TokenParameter = "syncToken";

    /// <summary>Parameters of the action.</summary>
    public static IReadOnlyCollection<string> Parameters { get; } = ["source", "detailedFailure", TokenParameter];

    public async Task RunAsync(HttpContext context, string tenant, SystemCall call)
    {
        context.Demand(tenant, Right.Read);
        context.Demand(tenant, Right.LiveSync);
        if (call.IsDryRun) throw new CallRefusal(new CrestError(CrestStatus.BadRequest,
            "liveSync has no dry run: it moves the stored token. Nothing was done."));
        string? sent = call.Query.ValueOf(TokenParameter).OrRefuse();
        TenantSession session = await tenants.OpenAsync(context, tenant);
        string note = Note(context.Caller(), session);
        Kept? kept = sent is not null ? new Kept(0, sent)
            : await store.ReadNoteAsync(note, context.RequestAborted) is { } text ? JsonSerializer.Deserialize<Kept>(text) : null;
        ShownFields shown = ShownFields.From(call.Query.Fields);
        List<SyncDelta> changes = [];
        SyncToken token = kept is null
            ? await session.Icf.GetLatestSyncTokenAsync(ObjectClass.User, context.RequestAborted)
            : await ChangesAsync(session, new SyncToken(kept.Token), changes,
                shown.Options(context.Caller().Can(session.Settings.Name, Right.ReadFull)), context.RequestAborted);
        Kept next = kept?.Token == token.Value ? kept : new Kept((kept?.Revision ?? 0) + 1, token.Value);
        await Answers.JsonAsync(context, json => Write(json, session.Settings.Name, next, changes, shown));
        if (sent is not null || next == kept) return;
        // A caller that is gone did not get it: the same changes are reported again.
        await context.Response.CompleteAsync();
        context.RequestAborted.ThrowIfCancellationRequested();
        await store.WriteNoteAsync(note, JsonSerializer.Serialize(next), CancellationToken.None);
    }

    private static async Task<SyncToken> ChangesAsync(
        TenantSession session, SyncToken from, List<SyncDelta> changes, OperationOptions options, CancellationToken cancellation)
    {
        await session.Icf.SyncAsync(ObjectClass.User, from, delta =>
        {
            changes.Add(delta);
            return changes.Count < MostChanges;
        }, options, cancellation);
        return changes.Count == 0 ? from : changes[^1].Token;
    }

    /// <summary>One for each caller; keys of one name are one, so that a key can be replaced. Names of notes are in clear, so it is a digest.</summary>
    private string Note(Caller caller, TenantSession session) =>
        $"livesync:{session.Identity.Id}:{ObjectClass.User.Name}:{digests.Digest(caller is Caller.Key key ? $"key:{key.Name}" : caller.Actor)}";

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
