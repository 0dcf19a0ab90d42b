using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary><c>/sms-sign-in</c> and <c>/preferred-method</c>: states that are set.</summary>
internal static class Switches
{
    public static ImmutableArray<PlainOperation> All { get; } =
    [
        new()
        {
            Method = "PUT", Path = Texts.User + "/sms-sign-in", Id = "SetSmsSignIn", Right = Right.SmsSignIn,
            Summary = "Switch SMS sign-in on or off", Writes = true, Queries = Texts.OfWrites,
            Description = "Of the user's mobile number. The answer has the service's state before and after.",
            Body = new("SmsSignInInput", """{"enabled":true}"""),
            Answers = [new(200, "Done; with dryRun=true the plan.", "SmsSignIn", """{"enabled":true,"before":"notEnabled","state":"ready"}""")],
            RunAsync = SmsAsync,
        },
        new()
        {
            Method = "PUT", Path = Texts.User + "/preferred-method", Id = "SetPreferredMethod",
            Right = Right.Phones, Summary = "Set a user's default method", Writes = true, Queries = Texts.OfWrites,
            Description = "The method that is asked for first at the second factor. The user must have it.",
            Body = new("PreferredMethodInput", """{"method":"push"}"""),
            Answers = [new(200, "Done; with dryRun=true the plan.", "PreferredMethod", """{"method":"push","before":"sms"}""")], RunAsync = PreferAsync,
        },
    ];

    private static async Task<PlainAnswer> SmsAsync(PlainCall call, CancellationToken cancellation)
    {
        JsonBodyReader.Expect(call.Body, "enabled");
        bool on = JsonBodyReader.OptionalFlag(call.Body, "enabled") ?? throw JsonBodyReader.Bad("propertyMissing", "The property 'enabled' is required.");
        UserAction.SwitchSmsSignIn action = new(on);
        MethodPolicies policies = await PolicyReads.OfAsync(action, call.Session.Reading, cancellation);
        return await Changed.AnswerAsync(call, new ChangeDefinition(now => ActionDesires.For(action, now, policies)), (before, now) => PlainAnswer.From(
            new JsonObject { ["enabled"] = on, ["before"] = before.SmsSignIn.Name(), ["state"] = now.SmsSignIn.Name() }, call.Revision(now)), cancellation);
    }

    private static Task<PlainAnswer> PreferAsync(PlainCall call, CancellationToken cancellation)
    {
        JsonBodyReader.Expect(call.Body, "method");
        string text = JsonBodyReader.Text(call.Body, "method");
        if (!PreferredMethods.TryParse(text, out PreferredMethod method)) throw JsonBodyReader.Bad("noSuchMethod",
            $"{JsonBodyReader.Shown(text)} is not a default method. {Suggestion.Hint(text, Enum.GetValues<PreferredMethod>().Select(PreferredMethods.Name))}");
        UserAction.Prefer action = new(method);
        return Changed.AnswerAsync(call, new ChangeDefinition(now => ActionDesires.For(action, now, MethodPolicies.NotRead)) { Default = true },
            (before, now) => PlainAnswer.From(
            new JsonObject { ["method"] = method.Name(), ["before"] = StateNames.Describe(before.Default) }, call.Revision(now)), cancellation);
    }
}
