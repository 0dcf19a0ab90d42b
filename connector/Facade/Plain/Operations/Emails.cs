using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary><c>/email</c>: the e-mail method, for password reset only.</summary>
internal static class Emails
{
    private const string Path = Texts.User + "/email";
    private const string Example = """{"address":"ada@example.org"}""";

    public static ImmutableArray<PlainOperation> All { get; } =
    [
        new PlainOperation<WithoutBody>
        {
            Method = "GET", Path = Path, Id = "GetEmail", Right = Right.Read, Summary = "Get a user's e-mail method",
            Description = "404 with code emailNotFound when there is none, 501 with code notOffered where this cannot be read. The address is masked "
                + "unless the key has the right readFull.",
            Answers = [new(200, "The method.", typeof(EmailView), Example)], RunAsync = GetAsync,
        },
        new PlainOperation<EmailInput>
        {
            Method = "PUT", Path = Path, Id = "SetEmail", Right = Right.Email, Summary = "Set a user's e-mail method", Writes = true, Queries = Texts.OfWrites,
            Description = "The same address again changes nothing.", Body = new(typeof(EmailInput), Example),
            Answers = [new(200, "Done; with dryRun=true the plan.", typeof(EmailView), Example), new(201, "It was added.", typeof(EmailView), Example)],
            RunAsync = SetAsync,
        },
        new PlainOperation<WithoutBody>
        {
            Method = "DELETE", Path = Path, Id = "DeleteEmail", Right = Right.Email, Summary = "Delete a user's e-mail method",
            Writes = true, Queries = Texts.OfWrites,
            Description = "Deleting what is not there changes nothing.", Answers = [Texts.Gone, Texts.Plan("With dryRun=true: the plan.")],
            RunAsync = DeleteAsync,
        },
    ];

    public static EmailView View(CurrentEmail email, bool full) =>
        new() { Id = email.Id, Address = full ? email.Address : Masking.Address(email.Address) };

    private static async Task<PlainAnswer> GetAsync(PlainCall call, WithoutBody body, CancellationToken cancellation)
    {
        RunResult result = await call.ReadAsync(KindSet.None, isDefault: false, cancellation);
        if (result is not RunResult.NothingToDo { Now: var now }) return Phones.Unread(call, result);
        if (now.Unread.HasEmail()) return Problem.Create(StatusCodes.Status501NotImplemented, HoldCodes.NotOffered,
            "Whether the user has an e-mail method cannot be read in this cloud. Check the user in the Entra admin center.");
        return now.Email is { } email
            ? TypedAnswers.From(View(email, call.Full), call.Revision(now))
            : Problem.Create(StatusCodes.Status404NotFound, "emailNotFound",
                "The user has no e-mail method. Set one with PUT.") with
            { Revision = call.Revision(now) };
    }

    private static Task<PlainAnswer> SetAsync(PlainCall call, EmailInput body, CancellationToken cancellation)
    {
        string address = Address(body);
        ChangeDefinition desired = new(_ => new DesiredChange.Valid(new DesiredMethods { Email = Managed.Value(address) }))
        {
            IsThere = now => now.Email is not null,
        };
        return Changed.AnswerAsync(call, desired, (before, now) => TypedAnswers.From(
            now.Email is { } email ? View(email, call.Full || email.Holds(address)) : new EmailView { Address = null }, call.Revision(now),
            before.Email is null ? StatusCodes.Status201Created : StatusCodes.Status200OK), cancellation);
    }

    private static Task<PlainAnswer> DeleteAsync(PlainCall call, WithoutBody body, CancellationToken cancellation) => Changed.AnswerAsync(
        call, new ChangeDefinition(_ => new DesiredChange.Valid(new DesiredMethods { Email = Managed.None<string>() })),
        (_, now) => PlainAnswer.Nothing(call.Revision(now)), cancellation);

    private static string Address(EmailInput body)
    {
        RowFaultList faults = new(new Place("body"), []);
        Managed<string> wanted = EmailCell.Read(Cell.Parse(body.Address), faults);
        if (wanted.TryGet(out string? address)) return address;
        throw faults.ToImmutable() is [var fault, ..]
            ? JsonBodyReader.Bad(fault.Code, fault.Message)
            : JsonBodyReader.Bad("emailMalformed", "The property 'address' must be an e-mail address. To remove the method, use DELETE.");
    }
}
