using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

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
            routes.MapMethods(operation.Path, [operation.Method], context => ServeAsync(context, operation)).Demanding(operation.Right).WithMetadata(operation);
        }
    }

    private async Task ServeAsync(HttpContext context, PlainOperation operation)
    {
        string? key = operation.Writes ? IdempotencyKey.Read(context.Request.Headers) : null;
        PlainCall call = await reading.ReadAsync(context, operation);
        PlainAnswer answer;
        if (key is null || call.DryRun)
        {
            answer = await deadline.GiveAsync(context, Late, call.Session.Settings.Name, (waiting, cancellation) => RunAsync(waiting, call, cancellation));
        }
        else
        {
            IdempotencyKey named = IdempotencyKey.From(context, call, key);
            answer = await deadline.AwaitAsync(context, Late, cancellation => repeats.RunAsync(named, () => AcceptedAsync(call), cancellation));
        }

        await answer.WriteAsync(context);
    }

    /// <summary>Work with an Idempotency-Key, of which repeats wait for the first.</summary>
    private async Task<PlainAnswer> AcceptedAsync(PlainCall call)
    {
        using WaitingWork waiting = admission.Enter(call.Session.Settings.Name, call.Actor);
        return await RunAsync(waiting, call, CancellationToken.None);
    }

    private Task<PlainAnswer> RunAsync(WaitingWork waiting, PlainCall call, CancellationToken cancellation) => call.Operation.Writes && !call.DryRun
        ? waiting.ChangeAsync(end => call.Operation.RunAsync(call with { Begun = waiting.Begin }, end), work.Stopping, cancellation)
        : call.Operation.RunAsync(call, cancellation);
}
