using System.Collections.Immutable;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Sources.Rows;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary><c>/phones</c>: a user's three slots.</summary>
internal static class Phones
{
    private const string Path = Texts.User + "/phones";
    private const string Example = """{"slot":"mobile","number":"+1 2065550100","smsSignIn":"ready"}""";

    public static ImmutableArray<PlainOperation> All { get; } =
    [
        new PlainOperation<WithoutBody>
        {
            Method = "GET", Path = Path, Id = "ListPhones", Right = Right.Read, Summary = "List a user's phones",
            Description = "The occupied slots. Numbers are masked unless the key has the right readFull.",
            Answers = [new(200, "The phones.", typeof(PhoneListView), $$"""{"value":[{{Example}}]}""")], RunAsync = ListAsync,
        },
        new PlainOperation<WithoutBody>
        {
            Method = "GET", Path = Path + "/{slot}", Id = "GetPhone", Right = Right.Read, Summary = "Get one phone of a user",
            Description = "404 with code phoneNotFound when the slot is empty.", Answers = [new(200, "The phone.", typeof(PhoneView), Example)],
            RunAsync = GetAsync,
        },
        new PlainOperation<PhoneInput>
        {
            Method = "PUT", Path = Path + "/{slot}", Id = "SetPhone", Right = Right.Phones, Summary = "Add or update a phone of a user",
            Writes = true, Queries = Texts.OfWrites,
            Description = "Puts a number into a slot, whatever is there. The same number again changes nothing. National numbers need country, or the "
                + "tenant's DefaultCountry.",
            Body = new(typeof(PhoneInput), """{"number":"+1 2065550100"}"""),
            Answers = [new(200, "Done; with dryRun=true the plan.", typeof(PhoneView), Example),
                new(201, "It was added to an empty slot.", typeof(PhoneView), Example)],
            RunAsync = SetAsync,
        },
        new PlainOperation<WithoutBody>
        {
            Method = "DELETE", Path = Path + "/{slot}", Id = "DeletePhone", Right = Right.Phones,
            Summary = "Delete a phone of a user", Writes = true, Queries = Texts.OfWrites,
            Description = "A mobile under an alternateMobile: the alternate's number becomes the mobile and the alternateMobile is emptied, because Microsoft "
                + "Entra ID has none without a mobile. "
                + "A repeat would then delete that one: send If-Match with the ETag that was read, or an Idempotency-Key.",
            Answers = [Texts.Gone, Texts.Plan("With dryRun=true: the plan.")], RunAsync = DeleteAsync,
        },
    ];

    public static PhoneView View(PhoneType slot, CurrentMethods now, bool full, PlainCall call)
    {
        string? text = now[slot].FullText();
        return new PhoneView
        {
            Slot = PhoneTypes.Name(slot), Number = full ? text : Masking.Number(text, call.Digests),
            SmsSignIn = slot == PhoneType.Mobile ? now.SmsSignIn.Name() : null,
        };
    }

    private static async Task<PlainAnswer> ListAsync(PlainCall call, WithoutBody body, CancellationToken cancellation)
    {
        RunResult result = await call.ReadAsync(KindSet.None, isDefault: false, cancellation);
        if (result is not RunResult.NothingToDo { Now: var now }) return Unread(call, result);
        return TypedAnswers.From(
            new PhoneListView { Value = [.. Enum.GetValues<PhoneType>().Where(s => !now[s].IsEmpty).Select(s => View(s, now, call.Full, call))] },
            call.Revision(now));
    }

    private static async Task<PlainAnswer> GetAsync(PlainCall call, WithoutBody body, CancellationToken cancellation)
    {
        PhoneType slot = Slot(call);
        RunResult result = await call.ReadAsync(KindSet.None, isDefault: false, cancellation);
        if (result is not RunResult.NothingToDo { Now: var now }) return Unread(call, result);
        return now[slot].IsEmpty
            ? Problem.Create(StatusCodes.Status404NotFound, "phoneNotFound",
                $"The user has no {PhoneTypes.Name(slot)} number. Put one there with PUT.") with
            { Revision = call.Revision(now) }
            : TypedAnswers.From(View(slot, now, call.Full, call), call.Revision(now));
    }

    private static Task<PlainAnswer> SetAsync(PlainCall call, PhoneInput body, CancellationToken cancellation)
    {
        PhoneType slot = Slot(call);
        UserAction.SetPhone action = new(slot, Number(call, body, slot));
        ChangeDefinition desired = new(now => ActionDesires.For(action, now, MethodPolicies.NotRead)) { IsThere = now => !now[slot].IsEmpty };
        // The caller knows the number that was sent; what else is there stays masked.
        return Changed.AnswerAsync(call, desired, (before, now) =>
        {
            PhoneType at = Place(slot, action.Number, now);
            return TypedAnswers.From(View(at, now, call.Full || now[at].Holds(action.Number), call),
                call.Revision(now), before[at].IsEmpty ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        }, cancellation);
    }

    private static Task<PlainAnswer> DeleteAsync(PlainCall call, WithoutBody body, CancellationToken cancellation)
    {
        UserAction.RemovePhone action = new(Slot(call));
        return Changed.AnswerAsync(call, new ChangeDefinition(now => ActionDesires.For(action, now, MethodPolicies.NotRead)),
            (_, now) => PlainAnswer.Nothing(call.Revision(now)), cancellation);
    }

    public static PlainAnswer Unread(PlainCall call, RunResult result) =>
        ChangeProblems.From(call, result) ?? throw new InvalidOperationException($"A reading that is neither a state nor a problem: {result.GetType().Name}.");

    /// <summary>Where the number is now: under the policy <c>AlternateOnly: Promote</c> a lone alternateMobile became the mobile.</summary>
    private static PhoneType Place(PhoneType slot, PhoneNumber number, CurrentMethods now) =>
        now[slot].IsEmpty && slot == PhoneType.AlternateMobile && now.Mobile.Holds(number) ? PhoneType.Mobile : slot;

    private static PhoneType Slot(PlainCall call)
    {
        string text = call.Route["slot"];
        if (PhoneTypes.TryParse(text, out PhoneType slot)) return slot;
        throw new FacadeRefusal(StatusCodes.Status404NotFound,
            $"{JsonBodyReader.Shown(text)} is not a slot. {Suggestion.Hint(text, Enum.GetValues<PhoneType>().Select(PhoneTypes.Name))}")
        { Word = "noSuchSlot" };
    }

    private static PhoneNumber Number(PlainCall call, PhoneInput body, PhoneType slot)
    {
        string? country = body.Country;
        if (country is not null && !NumberingPlans.TryGet(country, out _)) throw JsonBodyReader.Bad("badCountry",
            "The property 'country' must be an ISO 3166 code, such as DE.");
        if (PhoneEntryReader.ReadSlot(body.Number, slot, country ?? call.Session.Settings.DefaultCountry)
            .TryGet(out PhoneEntry entry, out PhoneRefusal? refusal)) return entry.Number;
        throw JsonBodyReader.Bad(RowFaults.BadPhone(new Place("body"), refusal).Code, refusal.Message);
    }
}
