using System.Diagnostics;
using System.Security.Cryptography;
using ProvisioningConnector.Graph.Answers;
using TransactionIds = ProvisioningConnector.Crest.Requests.TransactionId;

namespace ProvisioningConnector.Facade.Http;

/// <summary>How a request is found again, in our logs, in the chain of evidence and in its caller's.</summary>
/// <param name="TransactionId"><c>X-ForgeRock-TransactionId</c> as sent where it has the form of one, else one of our own; the answer repeats it.</param>
/// <param name="Parent">The caller's span (<c>traceparent</c>); nothing when none or a wrong one was sent.</param>
internal sealed record Correlation(string TransactionId, ActivityContext Parent)
{
    private const int Longest = 255;

    /// <summary>The transaction id as logs, the chain of evidence and messages have it: without what may be a phone number or someone's address.</summary>
    public required string Logged { get; init; }

    /// <summary>What has no letter might be a phone number, which has no place in logs.</summary>
    public static Correlation From(IHeaderDictionary headers)
    {
        string? sent = TransactionIds.Parse(headers[TransactionIds.Header]);
        bool isKept = sent is not null && sent.Any(char.IsAsciiLetter);
        string id = isKept && sent is not null ? sent : $"p{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        // Without a valid parent the request begins a trace of its own. What vendors add to it may be anything and goes no further.
        bool isParent = ActivityContext.TryParse(headers.TraceParent, null, isRemote: true, out ActivityContext parent)
            && parent.TraceId.ToHexString().Any(char.IsAsciiLetter);
        return new Correlation(id, isParent ? parent : default) { Logged = isKept ? QuotedText.Quote(id, Longest) : id };
    }
}
