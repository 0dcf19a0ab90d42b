using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Facade.Http;

/// <summary>
/// Messages as HTTP answers have them. The engine words advice for people at the command line; a caller over HTTP has no command, option or file, and learns
/// of no process and no account of the machine: these are left out, and by the code what a caller can do takes their place (docs/facade.md#answers).
/// </summary>
internal static partial class HttpWording
{
    /// <summary>Without what is for people at the machine. The same text comes out when it goes in again.</summary>
    public static string From(string message)
    {
        string plain = Holder().Replace(message, "");
        return OfTheMachine().IsMatch(plain) ? string.Join(' ', Sentences().Split(plain).Where(static s => !OfTheMachine().IsMatch(s))) : plain;
    }

    /// <summary>The same, with what a caller can do.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="code">Its stable code.</param>
    public static string From(string message, string code) => $"{From(message)} {Advice(code)}".Trim();

    /// <summary>Options as the properties and parameters that stand for them over HTTP.</summary>
    public static string OfArgument(string message) => Options().Replace(message, "$1");

    public static Diagnostic From(Diagnostic diagnostic) => diagnostic with { Message = From(diagnostic.Message) };

    public static ImmutableArray<HeldPart> From(ImmutableArray<HeldPart> held) => [.. held.Select(static h => h with { Message = From(h.Message) })];

    private static string Advice(string code) => code switch
    {
        "newStore" => "An operator of the service admits a tenant once; send the request again then.",
        TenantQuarantine.DiagnosticCode => "An operator of the service can end the quarantine; send the request again then.",
        "approvalMissing" => "A request has no place for the approval of a second person: an operator of the service makes such a change with a saved plan.",
        HoldCodes.IdentityChanged =>
            "If this is the right account, name the user by object id, or send the headers X-Allow: identityChanged=USER and X-Reason: TEXT.",
        HoldCodes.Protected or HoldCodes.ProtectPrivileged => "An operator of the service can allow it once.",
        "MaxAdds" or "MaxDeletes" or "MaxUpdates" or "MaxLastPhone" =>
            "If the changes are intended, a caller with the right approve can open the limit: POST /openidm/system/TENANT?_action=approve.",
        _ => "",
    };

    [GeneratedRegex(@"(?<=[.!?])\s+(?=['""(]?\p{Lu})", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sentences();

    // Commands, options, files.
    [GeneratedRegex(@"\bprovision [a-z]|(?<![\w-])--[a-z]|\b[\w-]+\.(?:csv|tsv|xlsx|json|ndjson|db|key|pfx|pem)\b"
        + @"|(?<![\w.])/(?:home|root|tmp|var|etc|opt|srv|mnt|usr|run|data|Users|proc)/|\b[A-Za-z]:\\",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OfTheMachine();

    // As messages about locks name who has them.
    [GeneratedRegex(@" of \S+@\S+ \(process [^)]*\)|(?<=Another change holds this user) \('[^']*'\)", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Holder();

    [GeneratedRegex(@"(?<![\w-])--(?<name>[a-z]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Options();
}
