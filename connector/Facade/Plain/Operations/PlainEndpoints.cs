using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary>The plain API for automation platforms: the operations of <see cref="PlainOperations"/>, all served the same way.</summary>
internal static class PlainEndpoints
{
    private static readonly ReplyDeadline Deadline = new("The service takes long to answer. The work goes on; ask again, a repeat is safe. "
        + "With an Idempotency-Key the repeat gets the answer of this request.", TimeSpan.FromSeconds(5), "slow");

    public static void Map(IEndpointRouteBuilder routes)
    {
        IdempotencyService replays = new();
        foreach (PlainOperation operation in PlainOperations.All)
        {
            routes.MapMethods(operation.Path, [operation.Method], context => ServeAsync(context, operation, replays))
                .Demanding(operation.Right).WithMetadata(operation);
        }
    }

    private static async Task ServeAsync(HttpContext context, PlainOperation operation, IdempotencyService replays)
    {
        FacadeServices services = context.Services();
        string? key = operation.Writes ? IdempotencyKey.Read(context.Request.Headers) : null;
        PlainCall call = await CallReading.ReadAsync(context, operation);
        PlainAnswer answer;
        if (key is null || call.DryRun)
        {
            answer = await Deadline.GiveAsync(context, call.Session.Settings.Name,
                (waiting, cancellation) => RunAsync(services, waiting, call, cancellation));
        }
        else
        {
            Admission admission = context.RequestServices.GetRequiredService<Admission>();
            IdempotencyKey named = IdempotencyKey.Of(context, call, key);
            answer = await Deadline.AwaitAsync(context,
                cancellation => replays.RunAsync(services, named, () => AcceptedAsync(services, admission, call), cancellation));
        }

        await answer.WriteAsync(context);
    }

    /// <summary>Work with an Idempotency-Key, of which repeats wait for the first.</summary>
    private static async Task<PlainAnswer> AcceptedAsync(FacadeServices services, Admission admission, PlainCall call)
    {
        using WaitingWork waiting = admission.Enter(call.Session.Settings.Name, call.Actor);
        return await RunAsync(services, waiting, call, CancellationToken.None);
    }

    private static Task<PlainAnswer> RunAsync(FacadeServices services, WaitingWork waiting, PlainCall call, CancellationToken cancellation) =>
        call.Operation.Writes && !call.DryRun
        ? waiting.ChangeAsync(end => call.Operation.RunAsync(call with { Begun = waiting.Begin }, end), services.Work.Stopping, cancellation)
        : call.Operation.RunAsync(call, cancellation);
}
