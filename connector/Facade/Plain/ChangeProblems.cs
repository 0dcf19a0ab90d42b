using System.Text.Json.Nodes;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>What a change came to (<see cref="ChangeReply"/>) as problem details.</summary>
internal static class ChangeProblems
{
    /// <summary>Null for results that are no problem.</summary>
    public static PlainAnswer? From(PlainCall call, RunResult result) => ChangeReply.From(result) is { } reply
        ? Problem.Create(reply.Status, reply.Code, reply.Message, reply.Status == StatusCodes.Status503ServiceUnavailable ? reply.RetryAfter : null,
            More(call, reply))
        : null;

    private static JsonObject? More(PlainCall call, ChangeReply reply) => reply switch
    {
        { Record: { } record } => new JsonObject
        {
            ["runId"] = record.Run.RunId,
            ["outcomes"] = OperationViews.Nodes(OperationViews.From(record.Result.Operations, call)),
            ["held"] = OperationViews.Nodes(OperationViews.Held(record.Plan.Plan.Held)),
        },
        { Held.IsEmpty: false } => new JsonObject { ["held"] = OperationViews.Nodes(OperationViews.Held(reply.Held)) },
        { Limit: { } limit } => new JsonObject
        {
            ["guardrail"] = new JsonObject
            {
                ["name"] = limit.Budget.Measure.Guardrail(), ["limit"] = limit.Budget.Most, ["used"] = limit.Used, ["asked"] = limit.Asked,
            },
        },
        { Diagnostics.IsEmpty: false } => new JsonObject { ["diagnostics"] = OperationViews.Nodes(OperationViews.Diagnostics(reply.Diagnostics)) },
        _ => null,
    };
}
