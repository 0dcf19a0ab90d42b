using System.Collections.Immutable;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary><c>/methods</c>: everything a user can sign in with.</summary>
internal static class Methods
{
    private const string Path = Texts.User + "/methods";
    private const string Include = "include";
    private const string Default = "defaultMethod";

    // Kinds that the list of all methods does not show.
    private static readonly ImmutableArray<string> Beside = KindSets.Beside.Names();

    public static ImmutableArray<PlainOperation> All { get; } =
    [
        new PlainOperation<WithoutBody>
        {
            Method = "GET", Path = Path, Id = "ListMethods", Right = Right.Read, Summary = "List a user's authentication methods",
            Description = "Phones and e-mail among them. Numbers, addresses and names of devices are masked unless the key has the right readFull. Kinds that "
                + "this version does not know are shown as unknown; unread names the kinds that were not read, of which the user may have methods.",
            Queries = [new(Include, "What costs a further request to the tenant: hardwareOath, qrCodePin, defaultMethod, or several, separated by a comma.")],
            Answers = [new(200, "The methods.", typeof(MethodListView),
                """{"usable":2,"unread":["hardwareOath","qrCodePin"],"value":["""
                + """{"kind":"phone","id":"mobile","usable":true,"removable":false,"number":"+1 2065550100"},"""
                + """{"kind":"fido2","id":"fido2-1","usable":true,"removable":true,"name":"Blue key"}]}""")],
            RunAsync = ListAsync,
        },
        new PlainOperation<WithoutBody>
        {
            Method = "DELETE", Path = Path + "/{kind}/{id}", Id = "DeleteMethod", Right = Right.Remove,
            Summary = "Delete one authentication method of a user", Writes = true, Queries = Texts.OfWrites,
            Description = $"Kinds: {string.Join(", ", MethodKinds.Removable.Select(k => k.Name()))}. The id is the one that ListMethods returns. Deleting what "
                + $"is not there changes nothing, and the header X-Diagnostics says methodNotThere. The last usable method is held (403) while "
                + "the tenant's policy LastMethod is Refuse.",
            Answers = [Texts.Gone, Texts.Plan("With dryRun=true: the plan.")], RunAsync = DeleteAsync,
        },
    ];

    private static async Task<PlainAnswer> ListAsync(PlainCall call, WithoutBody body, CancellationToken cancellation)
    {
        string[] wanted = [.. call.Query.GetValueOrDefault(Include, string.Empty).Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        string[] known = [.. Beside, Default];
        if (wanted.FirstOrDefault(w => !known.Contains(w, StringComparer.Ordinal)) is { } wrong) throw JsonBodyReader.Bad("badQuery",
            $"{JsonBodyReader.Shown(wrong)} cannot be included. {Suggestion.Hint(wrong, known)}");
        bool isDefault = wanted.Contains(Default, StringComparer.Ordinal);
        RunResult result = await call.ReadAsync(KindSets.Parse(wanted), isDefault, cancellation);
        if (result is not RunResult.NothingToDo { Now: var now }) return Phones.Unread(call, result);
        return TypedAnswers.From(
            new MethodListView
            {
                Usable = now.UsableCount, Unread = [.. now.Unread.Names()], DefaultMethod = isDefault ? StateNames.Describe(now.Default) : null,
                Value = [.. View(call, now)],
            },
            call.Revision(now));
    }

    private static IEnumerable<MethodView> View(PlainCall call, CurrentMethods now)
    {
        foreach (PhoneType slot in Enum.GetValues<PhoneType>().Where(s => !now[s].IsEmpty))
        {
            yield return new MethodView
            {
                Kind = "phone", Id = PhoneTypes.Name(slot), Usable = true, Removable = false, Number = Phones.View(slot, now, call.Full, call).Number,
            };
        }

        if (now.Email is { } email) yield return new MethodView
        {
            Kind = "email", Id = email.Id, Usable = false, Removable = false, Address = Emails.View(email, call.Full).Address,
        };

        foreach (AuthenticationMethod method in now.Others)
        {
            yield return new MethodView
            {
                Kind = method.Kind.Name(), Id = method.Id, Usable = method.Kind.IsUsable(), Removable = method.Kind.IsRemovable(),
                Name = method.DisplayName is { } name ? call.Full ? name : Masking.Hidden : null, Type = method.TypeName,
            };
        }
    }

    private static Task<PlainAnswer> DeleteAsync(PlainCall call, WithoutBody body, CancellationToken cancellation)
    {
        string word = call.Route["kind"];
        string id = InvisibleCharacters.Trim(call.Route["id"]);
        if (InvisibleCharacters.Find(id) is { } sign) throw JsonBodyReader.Bad(InvisibleCharacter.Code,
            $"The id in the path has {sign}. Use the id as ListMethods gives it.");
        if (!MethodKinds.TryParseRemovable(word, out MethodKind kind))
        {
            throw new FacadeRefusal(StatusCodes.Status404NotFound,
                $"{JsonBodyReader.Shown(word)} is not a kind of method that can be deleted here. "
                + $"{Suggestion.Hint(word, MethodKinds.Removable.Select(k => k.Name()))} Phones and e-mail have paths of their own.")
            { Word = "noSuchKind" };
        }

        ChangeDefinition desired = new(_ => new DesiredChange.Valid(new DesiredMethods
        {
            Removals = [new Removal(kind,
            [id])]
        }))
        { Also = KindSets.From(kind) };
        return Changed.AnswerAsync(call, desired, (_, now) => PlainAnswer.Nothing(call.Revision(now)), cancellation);
    }
}
