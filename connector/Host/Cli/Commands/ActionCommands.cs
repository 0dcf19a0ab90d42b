using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Host.Cli.Actions;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>The verbs for one user.</summary>
internal static class ActionCommands
{
    public static void AddTo(RootCommand root, IVerbRunner run)
    {
        Argument<string> user = new("USER") { Description = "User principal name, object id, employeeId:… or mail:…" };
        root.Subcommands.Add(new Command("methods", "What a user has now: phones, SMS sign-in, default and other methods; writes nothing") { user }
            .Runs<MethodsVerb>(run, (parsed, methods, stop) => methods.RunAsync(parsed.GetRequiredValue(user), stop)));
        foreach (Command verb in (Command[])[SetPhone(run), RemovePhone(run), SmsSignIn(run),
            Preferred(run), ResetPassword(run), IssuePass(run), Reregister(run), Offboard(run)]) root.Subcommands.Add(verb);
    }

    private static Command SetPhone(IVerbRunner run)
    {
        Argument<string> phone = new("NUMBER:TYPE") { Description = "Such as '+1 2065550100:mobile'; types are mobile, alternateMobile and office" };
        return With(new Command("set-phone", "Put a number into one phone slot of a user") { phone }, run, parsed => new ActionOrder((tenant, _) =>
            PhoneEntryReader.Read(parsed.GetRequiredValue(phone), tenant.DefaultCountry).TryGet(out PhoneEntry entry, out PhoneRefusal? refusal)
                ? new UserAction.SetPhone(entry.Type, entry.Number)
                : throw new ProvisioningException(refusal.Code == PhoneRefusalCode.InvisibleCharacter ? InvisibleCharacter.Code : "badPhone",
                    refusal.Message, "Write NUMBER:TYPE, such as '+1 2065550100:mobile'.")));
    }

    private static Command RemovePhone(IVerbRunner run)
    {
        Argument<PhoneType> type = new("TYPE")
        {
            HelpName = "mobile|alternateMobile|office",
            Description = "mobile, alternateMobile or office. A mobile under an alternateMobile is replaced by the alternate's number",
            CustomParser = result => Word<PhoneType>(result, PhoneTypes.TryParse, Enum.GetValues<PhoneType>().Select(PhoneTypes.Name)),
        };
        return With(new Command("remove-phone", "Remove one phone of a user") { type }, run,
            parsed => new ActionOrder((_, _) => new UserAction.RemovePhone(parsed.GetRequiredValue(type))));
    }

    private static Command SmsSignIn(IVerbRunner run)
    {
        Argument<bool> on = new("on|off")
        {
            CustomParser = result => Word(result, static (ReadOnlySpan<char> text, out bool value) =>
            {
                value = text.Equals("on", StringComparison.OrdinalIgnoreCase);
                return value || text.Equals("off", StringComparison.OrdinalIgnoreCase);
            }, ["on", "off"]),
        };
        return With(new Command("sms-sign-in", "Switch SMS sign-in by the mobile number on or off") { on },
            run, parsed => new ActionOrder((_, _) => new UserAction.SwitchSmsSignIn(parsed.GetRequiredValue(on))));
    }

    private static Command Preferred(IVerbRunner run)
    {
        Argument<PreferredMethod> method = new("METHOD")
        {
            HelpName = string.Join('|', Enum.GetValues<PreferredMethod>().Select(PreferredMethods.Name)),
            Description = "The new default method; the user must have that method",
            CustomParser = result => Word<PreferredMethod>(result, PreferredMethods.TryParse, Enum.GetValues<PreferredMethod>().Select(PreferredMethods.Name)),
        };
        return With(new Command("preferred-method", "Set a user's default method") { method },
            run, parsed => new ActionOrder((_, _) => new UserAction.Prefer(parsed.GetRequiredValue(method))));
    }

    private static Command ResetPassword(IVerbRunner run)
    {
        Option<string?> file = new("--password-file")
        {
            HelpName = "FILE",
            Description = "Set the password that this file holds ('-': standard input); without it one is made "
            + "and shown once"
        };
        Option<bool> ask = new("--ask-password") { Description = "Ask for the password to set; it is not shown while typed" };
        return With(new Command("reset-password", "Give a user a new password and wait until the reset ends") { file, ask }, run, parsed =>
        {
            string? path = parsed.GetValue(file);
            bool typed = parsed.GetValue(ask);
            if (path is not null && typed) throw new ProvisioningException("usage", "--password-file and --ask-password exclude each other.",
                "See 'provision reset-password --help'.");
            bool given = path is not null || typed;
            return new ActionOrder(
                (tenant, token) => new UserAction.ResetPassword(PasswordRouting.For(tenant, token, given)),
                path is not null ? password => password.OfFile(path) : typed ? static password => password.Typed() : null, NeedsToken: true);
        });
    }

    private static Command IssuePass(IVerbRunner run)
    {
        Option<int?> lifetime = new("--lifetime")
        {
            Description = $"Minutes, {PassRequest.Shortest} to {PassRequest.Longest} (default: as the tenant's policy sets)",
            HelpName = "MIN", CustomParser = Minutes,
        };
        Option<bool> once = new("--once") { Description = "For one use only (default: as the tenant's policy sets)" };
        return With(new Command("issue-tap", "Give a user a temporary access pass; one that is there is replaced") { lifetime, once }, run,
            parsed => new ActionOrder((_, _) => new UserAction.IssuePass(new PassRequest(parsed.GetValue(lifetime), parsed.GetValue(once) ? true : null))));
    }

    private static Command Reregister(IVerbRunner run)
    {
        Option<bool> issue = new("--issue-tap") { Description = "Then issue a temporary access pass to register with" };
        Command verb = new("require-reregister",
            "Remove phones, Authenticator and OATH tokens, so that the user registers anew. Policies LastMethod and DefaultMethod do not apply") { issue };
        return With(verb, run, parsed => new ActionOrder((_, _) => new UserAction.RequireReregister(parsed.GetValue(issue) ? new PassRequest() : null)));
    }

    private static Command Offboard(IVerbRunner run) => With(
        new Command("offboard", "Remove every method that can be removed. Policies LastMethod and DefaultMethod do not apply"),
        run, _ => new ActionOrder((_, _) => new UserAction.Offboard()));

    private static Command With(Command verb, IVerbRunner run, Func<ParseResult, ActionOrder> order)
    {
        Argument<string> user = new("USER") { Description = "User principal name, object id, employeeId:… or mail:…" };
        Option<bool> dryRun = new("--dry-run") { Description = "Show the plan; write nothing" };
        Option<bool> yes = new("--yes") { Description = "Do not ask" };
        verb.Arguments.Insert(0, user);
        verb.Options.Add(dryRun);
        verb.Options.Add(yes);
        return verb.Runs<ActionVerb>(run, (parsed, action, stop) => action.RunAsync(
            new ActionArguments(parsed.GetRequiredValue(user), parsed.GetValue(dryRun), parsed.GetValue(yes)), order(parsed), stop));
    }

    private delegate bool Reading<T>(ReadOnlySpan<char> text, out T value);

    private static T? Word<T>(ArgumentResult result, Reading<T> read, IEnumerable<string> words)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (read(text, out T value)) return value;
        result.AddError($"'{text}' is not valid here. {Suggestion.Hint(text, words)}");
        return default;
    }

    private static int? Minutes(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int minutes)
            && minutes is >= PassRequest.Shortest and <= PassRequest.Longest) return minutes;
        result.AddError($"'{text}' is not valid here: give minutes from {PassRequest.Shortest} to {PassRequest.Longest}.");
        return null;
    }
}
