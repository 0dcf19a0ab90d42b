using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Openidm;

/// <summary><c>/openidm/system/{tenant}/user[/{id}]</c>. Which right is needed is the matter of the request, not of the path.</summary>
internal sealed class UserEndpoints(
    SystemCalls calls, SystemAnswers answers, UserQueries queries, UserReads reads, UserWrites writes, LiveSync sync) : IEndpoints
{
    private static readonly KnownActions CollectionActions = new(["liveSync", "activeSync"], LiveSync.Parameters);

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map("/openidm/system/{tenant}/{type}", context => answers.GiveAsync(context, () => CollectionAsync(context))).ForEveryCaller();
        routes.Map("/openidm/system/{tenant}/{type}/{id}", context => answers.GiveAsync(context, () => InstanceAsync(context))).ForEveryCaller();
    }

    private async Task CollectionAsync(HttpContext context)
    {
        UserPath path = UserPath.From(context);
        SystemCall call = calls.OfCollection(context, path.Collection, CollectionActions);
        await (call.Request switch
        {
            CrestRequest.Query => queries.AnswerAsync(context, path, call),
            CrestRequest.Create => throw new CallRefusal(NotOffered("made")),
            CrestRequest.Action => sync.RunAsync(context, path.Tenant, call),
            CrestRequest.Describe => throw new CallRefusal(NoDescription()),
            CrestRequest.Read or CrestRequest.Update or CrestRequest.Patch or CrestRequest.Delete =>
                throw new InvalidOperationException("A collection is not dispatched so."),
            _ => throw new InvalidOperationException($"A request is of an unknown kind: {call.Request.GetType().Name}."),
        });
    }

    private async Task InstanceAsync(HttpContext context)
    {
        UserPath path = UserPath.From(context);
        SystemCall call = calls.OfInstance(context, $"{path.Collection}/…");
        await (call.Request switch
        {
            CrestRequest.Read read => reads.ReadAsync(context, path, call, read.Unless),
            CrestRequest.Update update => writes.PutAsync(context, path, call, update.Condition),
            CrestRequest.Patch patch => writes.PatchAsync(context, path, call, patch.Condition),
            CrestRequest.Delete => throw new CallRefusal(NotOffered("deleted")),
            CrestRequest.Action => throw new InvalidOperationException("An instance has no action."),
            CrestRequest.Describe => throw new CallRefusal(NoDescription()),
            CrestRequest.Query or CrestRequest.Create => throw new InvalidOperationException("An instance is not dispatched so."),
            _ => throw new InvalidOperationException($"A request is of an unknown kind: {call.Request.GetType().Name}."),
        });
    }

    private static CrestError NotOffered(string what) => new(
        CrestStatus.NotImplemented,
        $"Users are not {what} here: this connector sets and removes authentication methods of users that exist. "
        + "To remove methods, PUT empty lists or the ids to remove.");

    private static CrestError NoDescription() =>
        new(CrestStatus.NotImplemented, "No descriptor is served here. GET /openidm/config/provisioner.openicf/{name} has the schema.");
}
