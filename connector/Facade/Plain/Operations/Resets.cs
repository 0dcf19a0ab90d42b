using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Facade.Authorization;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Plain.Bodies;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary>Passwords, passes, and users who are left without methods: actions with one result.</summary>
internal static class Resets
{
    private const string Done = """{"outcome":"done","runId":"r20260131T180000Zx7","verified":true,"operations":["""
        + """{"action":"reset","method":"password","after":"passwordProfile","reason":"requested","outcome":"done"}],"diagnostics":[]""";
    private const string Once = "The secret is returned in this one answer and never stored; send an Idempotency-Key, so that the repeat of a request that "
        + "took too long gets it.";

    public static ImmutableArray<PlainOperation> All { get; } =
    [
        new PlainOperation<PasswordInput>
        {
            Method = "POST", Path = Texts.User + "/password:reset", Id = "ResetPassword", Right = Right.Password,
            Summary = "Give a user a new password", Writes = true, Queries = Texts.OfWrites,
            Description = "Without a password in the body one is made. With a person's token the reset is followed to its end; with an app's the password is "
                + "set in the user's profile. " + Once,
            Body = new(typeof(PasswordInput), "{}", Required: false),
            Answers = [new(200, "It is done; with dryRun=true the plan.", typeof(ActionResultView), Done + ""","password":"shown once"}""")],
            RunAsync = PasswordAsync,
        },
        new PlainOperation<PassInput>
        {
            Method = "POST", Path = Texts.User + "/temporary-access-pass", Id = "IssueTemporaryAccessPass",
            Right = Right.Tap, Summary = "Issue a temporary access pass", Writes = true, Queries = Texts.OfWrites,
            Description = "One that is there is replaced. Lifetime and use are as the tenant's policy sets unless said. " + Once,
            Body = new(typeof(PassInput), """{"lifetimeInMinutes":60,"usableOnce":true}""", Required: false),
            Answers = [new(200, "It is done; with dryRun=true the plan.", typeof(ActionResultView), Done + ""","temporaryAccessPass":"shown once"}""")],
            RunAsync = PassAsync,
        },
        new PlainOperation<ReregisterInput>
        {
            Method = "POST", Path = Texts.User + "/require-reregister", Id = "RequireReregister",
            Right = Right.Remove, Summary = "Let a user register anew", Writes = true, Queries = Texts.OfWrites,
            Description = "Removes phones, Authenticator and OATH tokens; what stays is named in diagnostics. The policies LastMethod and DefaultMethod do not "
                + "apply. With issueTemporaryAccessPass, which needs the right tap, a pass to register with is issued. " + Once,
            Body = new(typeof(ReregisterInput), """{"issueTemporaryAccessPass":false}""", Required: false),
            Answers = [new(200, "It is done; with dryRun=true the plan.", typeof(ActionResultView), Done + "}")], RunAsync = ReregisterAsync,
        },
        new PlainOperation<EmptyInput>
        {
            Method = "POST", Path = Texts.User + "/offboard", Id = "Offboard", Right = Right.Remove,
            Summary = "Remove every method that can be removed", Writes = true, Queries = Texts.OfWrites,
            Description = "The policies LastMethod and DefaultMethod do not apply. What stays is named in diagnostics.",
            Body = new(typeof(EmptyInput), "{}", Required: false),
            Answers = [new(200, "It is done; with dryRun=true the plan.", typeof(ActionResultView), Done + "}")], RunAsync = OffboardAsync,
        },
    ];

    private static async Task<PlainAnswer> PasswordAsync(PlainCall call, PasswordInput body, CancellationToken cancellation)
    {
        TokenFacts token = await call.Session.Changes.Writing.AuthenticateAsync(cancellation);
        UserAction.ResetPassword action = new(PasswordRouting.For(call.Session.Settings, token, body.Password is not null));
        return await RunAsync(call, action, body.Password is { } text ? Secret.From(text) : null, cancellation);
    }

    private static Task<PlainAnswer> PassAsync(PlainCall call, PassInput body, CancellationToken cancellation)
    {
        PassRequest desired = new(body.LifetimeInMinutes, body.UsableOnce);
        return RunAsync(call, new UserAction.IssuePass(desired), null, cancellation);
    }

    private static Task<PlainAnswer> ReregisterAsync(PlainCall call, ReregisterInput body, CancellationToken cancellation)
    {
        bool pass = body.IssueTemporaryAccessPass ?? false;
        if (pass && !call.Can(Right.Tap)) throw RequestCaller.Forbidden(Right.Tap);
        return RunAsync(call, new UserAction.RequireReregister(pass ? new PassRequest() : null), null, cancellation);
    }

    private static Task<PlainAnswer> OffboardAsync(PlainCall call, EmptyInput body, CancellationToken cancellation)
    {
        return RunAsync(call, new UserAction.Offboard(), null, cancellation);
    }

    private static async Task<PlainAnswer> RunAsync(PlainCall call, UserAction action, Secret? given, CancellationToken cancellation)
    {
        MethodPolicies policies = await PolicyReads.OfAsync(action, call.Session.Reading, cancellation);
        ChangeDefinition desired = new(now => ActionDesires.For(action, now, policies))
        {
            Also = action.Also(), Default = action.NeedsDefault(),
            Envelope = action.HasSecret() ? new SecretEnvelope(call.DryRun ? null : given) : null,
        };
        return await Changed.ReportAsync(call, desired, cancellation);
    }
}
