using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Graph.Answers;

/// <summary>Makes errors: those the service answered, through the table, and those of the way to it.</summary>
internal static class ServiceErrors
{
    /// <summary>Classifies an answer that is not a success.</summary>
    public static ServiceError Classify(GraphReply reply, Purpose purpose) => Classify(reply.Status, reply.Body, purpose, reply.RequestId, reply.ContentType);

    /// <summary>
    /// Classifies an answer, or an item of a batch, that is not a success. Without Graph's envelope it is someone else's answer, and its
    /// status means nothing for users, permissions or credentials.
    /// </summary>
    public static ServiceError Classify(int status, ReadOnlyMemory<byte> body, Purpose purpose, string? requestId, string? contentType = null)
    {
        ErrorEnvelope envelope = ErrorEnvelope.Read(body);
        if (!envelope.IsGraphs) return NotGraphs(purpose, Origin(status, contentType, body.Span), status, requestId);
        ErrorRule rule = ErrorTable.Find(status, envelope, purpose);
        string advice = rule.Kind == ErrorKind.Forbidden ? Forbidden(purpose) : rule.Advice;
        string quoted = QuotedText.Quote(envelope.Message);
        string code = QuotedText.Quote(envelope.Code);
        string said = (code.Length, quoted.Length) switch
        {
            (0, 0) => "",
            (0, _) => $" The service said: \"{quoted}\"",
            (_, 0) => $" The service said: {code}.",
            _ => $" The service said: {code}, \"{quoted}\"",
        };
        return new ServiceError(rule.Kind, rule.Code, $"While {purpose.Doing()}: {rule.Message}{said} (HTTP {status})",
            advice, status, requestId ?? envelope.RequestId);
    }

    public static ServiceError NoConnection(string host, string why, string requestId) => new(
        ErrorKind.NoConnection, "PP101", $"No connection to {host}: {QuotedText.Quote(why)}. Nothing was sent.",
        "Check the network, the proxy and, if set, Endpoint.", null, requestId);

    public static ServiceError Broken(string host, string why, string requestId) => new(
        ErrorKind.ConnectionBroken, "PP102", $"The connection to {host} broke before an answer arrived: {QuotedText.Quote(why)}.",
        "Run again; if it persists, check proxies and firewalls in between.", null, requestId);

    public static ServiceError TimedOut(string host, TimeSpan after, string requestId) => new(
        ErrorKind.TimedOut, "PP103", $"{host} did not answer within {after.TotalSeconds:0.#} s.",
        "Run again later; RequestTimeout sets how long is waited.", null, requestId);

    /// <param name="why">As it may stand in a message.</param>
    /// <param name="advice">The next step.</param>
    public static ServiceError NoToken(string why, string advice) =>
        new(ErrorKind.Unauthenticated, "PP104", $"No access token could be obtained: {why}", advice);

    /// <summary>The login could not be reached or failed: it says nothing about the credential.</summary>
    public static ServiceError NoLogin(string what, string advice) => new(
        ErrorKind.NoConnection, "PP111", $"No access token could be obtained. {what.TrimEnd('.')}. Nothing was sent to Microsoft Graph.",
        $"{advice} The credential itself was not refused.");

    /// <summary>What would give the token is not there: no managed identity, no Azure CLI, no token file.</summary>
    public static ServiceError NoTokenHere(string why, string advice) => new(
        ErrorKind.NoConnection, "PP112", $"The source of access tokens is not available here: {why}", advice);

    public static ServiceError WrongTenant(string expected, string actual) => new(
        ErrorKind.Unauthenticated, "PP106", $"The access token is for tenant {actual}, but TenantId is {expected}. Nothing was sent.",
        "Correct TenantId, or use a credential of that tenant.");

    public static ServiceError ForeignLink(string link, Purpose purpose) => new(
        ErrorKind.ForeignLink, "PP107",
        $"While {purpose.Doing()}: the service sent a link to another host ({Host(link)}). It was not followed and no token was sent there.",
        "If the tenant is reached through a gateway, set Endpoint to it; otherwise find out what answers in place of the service.");

    /// <summary>An answer to a write that is of the class 2xx and not Graph's: no one knows whether the write was made.</summary>
    public static ServiceError NotAccepted(GraphReply reply, Purpose purpose) =>
        NotGraphs(purpose, Origin(reply.Status, reply.ContentType, reply.Body.Span) + (reply.BodyProblem is { } problem ? $"; {problem}" : ""),
            reply.Status, reply.RequestId);

    /// <summary>An answer of success that does not hold what was asked for.</summary>
    public static ServiceError Unreadable(Purpose purpose, string what, GraphReply reply) =>
        Unreadable(purpose, $"{what} ({Origin(reply.Status, reply.ContentType, reply.Body.Span)})", reply.Status, reply.RequestId);

    public static ServiceError Unreadable(Purpose purpose, string what, int? status, string? requestId) => new(
        ErrorKind.UnreadableAnswer, "PP108", $"While {purpose.Doing()}: the answer could not be understood: {what}.",
        "Check Cloud and Endpoint; something other than Microsoft Graph may be answering.", status, requestId);

    public static ServiceError Masked(string? requestId) => new(
        ErrorKind.Masked, "PP109", "The service returned masked phone numbers, from which no difference can be computed.",
        "Use an app-only credential with UserAuthenticationMethod.Read.All, or the role Privileged Authentication Administrator: "
        + "an Authentication Administrator sees masked numbers.", null, requestId);

    public static ServiceError Endless(Purpose purpose, string what) => new(
        ErrorKind.UnreadableAnswer, "PP110", $"While {purpose.Doing()}: {what}, so the listing would never end.",
        "Run again later; if it persists, the service or a gateway is at fault.");

    public static ServiceError Later(string what) => new(
        ErrorKind.Refused, "PP408", $"{what} is not offered by this version. Nothing was sent.",
        "Remove it from the source or do it in the Entra admin center.");

    public static ServiceError ResetFailed(string detail, int? status, string requestId) => new(
        ErrorKind.Refused, "PP314",
        $"The service accepted the password reset and reports that it failed{(detail.Length > 0 ? $": \"{detail}\"" : ", without a reason")}.",
        "The old password still works. For a user of an on-premises directory check password writeback and that directory's rules; else give another password.",
        status, requestId);

    public static ServiceError ResetUnknown(string why, string? place, string requestId) => new(
        ErrorKind.UnreadableAnswer, "PP315", $"The service accepted the password reset, and its result is unknown: {why}.",
        $"The new password may or may not work. {(place is null ? "Look" : $"Ask GET {QuotedText.Quote(place)}, or look")} for the reset in the tenant's "
        + $"audit log (request id {requestId}).", null, requestId);

    private static ServiceError NotGraphs(Purpose purpose, string origin, int status, string? requestId) => new(
        ErrorKind.UnreadableAnswer, "PP108", $"While {purpose.Doing()}: something other than Microsoft Graph seems to have answered ({origin}).",
        "Check the network, the proxy or gateway on the way to Microsoft Graph and, if set, Endpoint; then run again.", status, requestId);

    /// <summary>What identifies the sender of an answer: status, media type, and the page's title where there is one.</summary>
    public static string Origin(int status, string? contentType, ReadOnlySpan<byte> body) =>
        $"HTTP {status}, {MediaType.Describe(contentType)}{(body.IsEmpty ? ", empty body" : "")}"
        + $"{(PageTitle.Find(body) is { } title ? $", page title \"{title}\"" : "")}";

    private static string Forbidden(Purpose purpose) =>
        $"Grant the app the application permission {purpose.Permission()} with admin consent; a delegated caller also needs the matching Entra role. "
        + "If only this user is refused, the user may hold a privileged role.";

    private static string Host(string link) => Uri.TryCreate(link, UriKind.Absolute, out Uri? address)
        ? $"{address.Scheme}://{QuotedText.Quote(address.Host)}" : "not an address";
}
