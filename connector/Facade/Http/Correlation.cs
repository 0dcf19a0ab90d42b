using System.Diagnostics;
using System.Security.Cryptography;
using TransactionIds = ProvisioningConnector.Crest.Requests.TransactionId;

namespace ProvisioningConnector.Facade.Http;

/// <summary>How a request is found again, in our logs, in the chain of evidence and in its caller's.</summary>
/// <param name="TransactionId"><c>X-ForgeRock-TransactionId</c> as sent where it has the form of one, else one of our own; the answer repeats it.</param>
/// <param name="Parent">The caller's span (<c>traceparent</c>); nothing when none or a wrong one was sent.</param>
internal sealed record Correlation(string TransactionId, ActivityContext Parent)
{
    /// <summary>What has no letter might be a phone number, which has no place in logs.</summary>
    public static Correlation From(IHeaderDictionary headers)
    {
        string? sent = TransactionIds.Parse(headers[TransactionIds.Header]);
        string id = sent is not null && sent.Any(char.IsAsciiLetter) ? sent : $"p{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        // Without a valid parent the request begins a trace of its own.
        _ = ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out ActivityContext parent);
        return new Correlation(id, parent);
    }
}
