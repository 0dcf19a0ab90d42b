using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Graph.Secrets;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;
using static ProvisioningConnector.TestKit.TestAuthority;

namespace ProvisioningConnector.Graph.Tests.Requests;

/// <summary>Every write of every kind, of methods and of secrets.</summary>
internal static class WriteScenes
{
    private static readonly PhoneType[] Slots = [PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office];
    private static readonly CurrentEmail Email = new("3ddfcfc8-9383-446f-83cc-3ab9be4be18f", "old@contoso.com");

    /// <summary>Names that an address must escape, and those that would climb in it.</summary>
    private static readonly string[] Names =
    [
        "kim@contoso.com", "$dollar@contoso.com", "o'hara@contoso.com", "$o'hara@contoso.com", "guest_fabrikam.com#EXT#@contoso.com", "a/b\\c?d&e=f+g h%41ü",
        ".", "..", "...",
    ];

    public static IEnumerable<RequestScene> All() => [.. Operations(), .. Unusual(), .. Repeats(), .. Passwords(), .. Passes()];

    private static IEnumerable<RequestScene> Operations()
    {
        foreach (PhoneType slot in Slots)
        {
            yield return Write($"add {slot}", Some.Add(slot));
            yield return Write($"update {slot}", Some.Update(slot));
            yield return Write($"delete {slot}", Some.Delete(slot));
        }

        yield return Write("add with extension", new Operation.AddPhone(PhoneType.Office, Some.Number("+1 5555551234x123"), Some.Reason));
        foreach ((string name, string address) in new[] { ("+ and '", "k'im+x@contoso.com"), ("quotes and brackets", "a\"b\\c<d>&e=@contoso.com"),
            ("umlauts", "jürgen@bücher.example"), ("a line separator", "\u2028x@contoso.com") })
        {
            yield return Write($"add e-mail with {name}", new Operation.AddEmail(address, Some.Reason));
            yield return Write($"update e-mail with {name}", new Operation.UpdateEmail(Email, address, Some.Reason));
        }

        yield return Write("delete e-mail", new Operation.DeleteEmail(Email, Some.Reason));
        yield return Write("delete e-mail with an odd id", new Operation.DeleteEmail(Email with { Id = "an id/é" }, Some.Reason));
        foreach (MethodKind kind in Enum.GetValues<MethodKind>())
        {
            yield return Write($"remove {kind}",
                new Operation.RemoveMethod(new AuthenticationMethod(kind, "9f8e7d6c-1111-2222-3333-444455556666"), Some.Reason));
            yield return Write($"remove {kind} with an odd id",
                new Operation.RemoveMethod(new AuthenticationMethod(kind, "an id/é+#?%41'()!*"), Some.Reason));
        }

        yield return Write("deactivate token", new Operation.DeactivateToken(new AuthenticationMethod(MethodKind.HardwareOath, "h 1/2"), Some.Reason));
        yield return Write("put into a group", new Operation.AddMember("9f8e7d6c-1111-2222-3333-444455556666", Some.Reason));
        yield return Write("take out of a group", new Operation.RemoveMember("an id/é+#?%41'()!*", Some.Reason));
        yield return Write("SMS sign-in on", new Operation.SwitchSmsSignIn(true, default, Some.Reason));
        yield return Write("SMS sign-in off", new Operation.SwitchSmsSignIn(false, default, Some.Reason));
        foreach (PreferredMethod method in Enum.GetValues<PreferredMethod>())
        {
            yield return Write($"prefer {method}", new Operation.Prefer(default, method, Some.Reason, Part.PreferredMethod));
        }

        yield return Write("without low priority", Some.Add()) with { With = static options => options with { LowPriority = false } };
        foreach (GraphCloud cloud in Enum.GetValues<GraphCloud>())
        {
            yield return Write($"add in {cloud}", Some.Add()) with { With = options => options with { Endpoint = null, Cloud = cloud } };
            yield return Write($"prefer in {cloud}", new Operation.Prefer(default, PreferredMethod.Push, Some.Reason, Part.PreferredMethod)) with
            {
                With = options => options with { Endpoint = null, Cloud = cloud },
            };
        }
    }

    private static IEnumerable<RequestScene> Unusual()
    {
        foreach (string name in Names)
        {
            yield return Write($"add for user {name}", Some.Add(), name);
            yield return Write($"delete for user {name}", Some.Delete(), name);
            yield return Write($"remove for user {name}", new Operation.RemoveMethod(new AuthenticationMethod(MethodKind.Fido2, "f"), Some.Reason), name);
            yield return Write($"SMS sign-in for user {name}", new Operation.SwitchSmsSignIn(true, default, Some.Reason), name);
            yield return Write($"prefer for user {name}", new Operation.Prefer(default, PreferredMethod.Push, Some.Reason, Part.PreferredMethod), name);
            foreach (Operation operation in new Operation[] { Reset(PasswordRoute.ResetOperation, true), Reset(PasswordRoute.PasswordProfile, true),
                new Operation.IssuePass(60, null, null, Some.Reason) })
            {
                yield return Secret($"{operation.GetType().Name} {(operation as Operation.ResetPassword)?.Request?.Route} for user {name}",
                    operation, "Xk7!", name);
            }
        }
    }

    private static IEnumerable<RequestScene> Repeats()
    {
        yield return Write("add after 429", Some.Add()) with
        {
            Answer = static (_, number) => number == 1 ? StubGraph.Error(429, "TooManyRequests", "") : StubGraph.Json(201, "{}"),
        };
        yield return Write("add after a refused token", Some.Add()) with
        {
            Answer = static (_, number) => number == 1 ? StubGraph.Error(401, "InvalidAuthenticationToken", "") : StubGraph.Json(201, "{}"),
        };
        yield return Write("delete after a redirect", Some.Delete()) with
        {
            Answer = static (_, number) => number == 1
                ? StubGraph.Json(307, "", ("Location", "https://graph.microsoft.com/v1.0/other%20place?x=1")) : StubGraph.Json(204, ""),
        };
    }

    private static IEnumerable<RequestScene> Passwords()
    {
        foreach (string? given in new[] { null, "Xk7!chosen+word", "q\"b\\<é>&'\u20AC" })
        {
            foreach (bool mustChange in new[] { true, false })
            {
                string suffix = $"given {given ?? "none"}, must change {mustChange}";
                yield return Secret($"reset operation, {suffix}", Reset(PasswordRoute.ResetOperation, mustChange), given);
                yield return Secret($"password profile, {suffix}", Reset(PasswordRoute.PasswordProfile, mustChange), given);
            }
        }

        yield return Secret("reset operation that is followed", Reset(PasswordRoute.ResetOperation, true), null) with
        {
            Answer = static (seen, number) => number switch
            {
                1 => StubGraph.Json(202, """{"@odata.context":"c","newPassword":"Pw-1!xyz"}""",
                    ("Location", "https://graph.microsoft.com/v1.0/users/u/authentication/operations/1?aadgdc=A%2BB&aadgsu=x")),
                2 => StubGraph.Json(200, """{"id":"1","status":"running"}"""),
                3 => StubGraph.Json(302, "", ("Location", "/v1.0/elsewhere?y=1")),
                _ => StubGraph.Json(200, """{"id":"1","status":"succeeded"}"""),
            },
        };
    }

    private static IEnumerable<RequestScene> Passes()
    {
        foreach (int? minutes in new int?[] { null, 60 })
        {
            foreach (bool? once in new bool?[] { null, true, false })
            {
                yield return Secret($"pass of {minutes?.ToString() ?? "no"} minutes, once {once?.ToString() ?? "unset"}",
                    new Operation.IssuePass(minutes, once, null, Some.Reason), null);
            }
        }
    }

    private static Operation.ResetPassword Reset(PasswordRoute route, bool mustChange) =>
        new(Some.Reason) { Request = new PasswordResetRequest(route, IsGiven: false, mustChange) };

    private static RequestScene Write(string name, Operation operation, string uid = Rig.Uid) =>
        new(name, async rig => await rig.Writer.SendAsync(uid, operation, default))
        {
            Operation = operation, Answer = static (_, _) => StubGraph.Json(204, ""),
        };

    private static RequestScene Secret(string name, Operation operation, string? given, string uid = Rig.Uid) =>
        new(name, async rig => await new GraphSecretWriter(rig.Connection, () => Engine.Evidence.Secrets.Secret.From("made-by-us"), rig.Time)
            .SendAsync(uid, operation, new SecretEnvelope(given is null ? null : Engine.Evidence.Secrets.Secret.From(given)), default))
        {
            Operation = operation, Answer = static (_, _) => StubGraph.Json(200, """{"id":"1","temporaryAccessPass":"Ab#1","newPassword":"Pw"}"""),
        };
}
