using System.Diagnostics;
using System.Security.Cryptography;

namespace ProvisioningConnector.Host.Facade.Gate;

/// <summary>How a request is found again, in our logs, in the chain of evidence and in its caller's.</summary>
/// <param name="TransactionId"><c>X-ForgeRock-TransactionId</c> as sent where it has the form of one, else one of our own; the answer repeats it.</param>
/// <param name="Parent">The caller's span (<c>traceparent</c>); nothing when none or a wrong one was sent.</param>
internal sealed record Correlation(string TransactionId, ActivityContext Parent)
{
    public const string Header = "X-ForgeRock-TransactionId";
    private const int Most = 128;

    public static Correlation Of(IHeaderDictionary headers)
    {
        string sent = headers[Header].ToString();
        string id = IsOne(sent) ? sent : $"p{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        ActivityContext.TryParse(headers.TraceParent.ToString(), headers.TraceState.ToString(), isRemote: true, out ActivityContext parent);
        return new Correlation(id, parent);
    }

    /// <summary>Letters, digits and <c>-_./:</c>, so that it can stand in a log line or a header as it is; digits alone might be a phone number, which has no place there.</summary>
    private static bool IsOne(string text) => text.Length is > 0 and <= Most && !text.All(char.IsAsciiDigit) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':');
}
