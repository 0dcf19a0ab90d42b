using Microsoft.AspNetCore.Http.Metadata;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary>The plain API for automation platforms: the operations of <see cref="PlainOperations"/>, all served the same way.</summary>
internal sealed class PlainEndpoints(
    CallReading reading, IdempotencyService repeats, ReplyDeadline deadline, Admission admission, WorkInFlight work) : IEndpoints
{
    private static readonly LateReply Late = new("The service takes long to answer. The work continues; send the request again, a repeat is safe. "
        + "With an Idempotency-Key the repeat gets the answer of this request.", TimeSpan.FromSeconds(5), "slow");

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (PlainOperation operation in PlainOperations.All)
        {
            routes.MapMethods(operation.Path, [operation.Method], operation.Handler(ServeAsync)).Demanding(operation.Right)
                .WithMetadata(operation, reading).WithMetadata([.. Shapes(operation)]);
        }
    }

    /// <summary>The types of body and answers, for the descriptions. Any type of content: what a body is, the strict reading judges.</summary>
    private static IEnumerable<object> Shapes(PlainOperation operation)
    {
        if (operation.Body is { } body) yield return new AcceptsMetadata(["*/*"], body.Type, !body.Required);
        foreach (AnswerShape answer in operation.Answers)
        {
            if (answer.Type is { } type) yield return new ProducesResponseTypeMetadata(answer.Status, type, ["application/json"]);
        }

        yield return new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ProblemView), ["application/problem+json"]);
    }

    private Task<PlainAnswer> ServeAsync(HttpContext context, PlainCall call, Func<PlainCall, CancellationToken, Task<PlainAnswer>> run) =>
        call.Key is null || call.DryRun
            ? deadline.GiveAsync(context, Late, call.Session.Settings.Name, (waiting, cancellation) => RunAsync(waiting, call, run, cancellation))
            : deadline.AwaitAsync(context, Late,
                cancellation => repeats.RunAsync(IdempotencyKey.From(context, call, call.Key), () => AcceptedAsync(call, run), cancellation));

    /// <summary>Work with an Idempotency-Key, of which repeats wait for the first.</summary>
    private async Task<PlainAnswer> AcceptedAsync(PlainCall call, Func<PlainCall, CancellationToken, Task<PlainAnswer>> run)
    {
        using WaitingWork waiting = admission.Enter(call.Session.Settings.Name, call.Actor);
        return await RunAsync(waiting, call, run, CancellationToken.None);
    }

    private Task<PlainAnswer> RunAsync(
        WaitingWork waiting, PlainCall call, Func<PlainCall, CancellationToken, Task<PlainAnswer>> run, CancellationToken cancellation) =>
        call.Operation.Writes && !call.DryRun
            ? waiting.ChangeAsync(end => run(call with { Begun = waiting.Begin }, end), work.Stopping, cancellation)
            : run(call, cancellation);
}
