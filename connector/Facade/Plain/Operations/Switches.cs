using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary><c>/sms-sign-in</c> and <c>/preferred-method</c>: states that are set.</summary>
internal static class Switches
{
    public static ImmutableArray<PlainOperation> All { get; } =
    [
        new PlainOperation<SmsSignInInput>
        {
            Method = "PUT", Path = Texts.User + "/sms-sign-in", Id = "SetSmsSignIn", Right = Right.SmsSignIn,
            Summary = "Switch SMS sign-in on or off", Writes = true, Queries = Texts.OfWrites,
            Description = "Of the user's mobile number. The answer has the service's state before and after.",
            Body = new(typeof(SmsSignInInput), """{"enabled":true}"""),
            Answers = [new(200, "Done; with dryRun=true the plan.", typeof(SmsSignInView), """{"enabled":true,"before":"notEnabled","state":"ready"}""")],
            RunAsync = SmsAsync,
        },
        new PlainOperation<PreferredMethodInput>
        {
            Method = "PUT", Path = Texts.User + "/preferred-method", Id = "SetPreferredMethod",
            Right = Right.Phones, Summary = "Set a user's default method", Writes = true, Queries = Texts.OfWrites,
            Description = "The method that is asked for first at the second factor. The user must have it.",
            Body = new(typeof(PreferredMethodInput), """{"method":"push"}"""),
            Answers = [new(200, "Done; with dryRun=true the plan.", typeof(PreferredMethodView), """{"method":"push","before":"sms"}""")],
            RunAsync = PreferAsync,
        },
    ];

    private static async Task<PlainAnswer> SmsAsync(PlainCall call, SmsSignInInput body, CancellationToken cancellation)
    {
        bool on = body.Enabled;
        UserAction.SwitchSmsSignIn action = new(on);
        MethodPolicies policies = await PolicyReads.OfAsync(action, call.Session.Reading, cancellation);
        return await Changed.AnswerAsync(call, new ChangeDefinition(now => ActionDesires.For(action, now, policies)), (before, now) => TypedAnswers.From(
            new SmsSignInView { Enabled = on, Before = before.SmsSignIn.Name(), State = now.SmsSignIn.Name() }, call.Revision(now)), cancellation);
    }

    private static Task<PlainAnswer> PreferAsync(PlainCall call, PreferredMethodInput body, CancellationToken cancellation)
    {
        string text = body.Method;
        if (!PreferredMethods.TryParse(text, out PreferredMethod method)) throw JsonBodyReader.Bad("noSuchMethod",
            $"{JsonBodyReader.Shown(text)} is not a default method. {Suggestion.Hint(text, Enum.GetValues<PreferredMethod>().Select(PreferredMethods.Name))}");
        UserAction.Prefer action = new(method);
        return Changed.AnswerAsync(call, new ChangeDefinition(now => ActionDesires.For(action, now, MethodPolicies.NotRead)) { Default = true },
            (before, now) => TypedAnswers.From(
            new PreferredMethodView { Method = method.Name(), Before = StateNames.Describe(before.Default) }, call.Revision(now)), cancellation);
    }
}
