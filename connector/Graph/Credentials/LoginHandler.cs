using System.Net;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Credentials;

/// <summary>
/// The HTTP stack of the login, once per request and without repeats: <see cref="TokenSource"/> repeats for all. What is not an answer of
/// Microsoft Entra ID (no connection, a proxy's page, 5xx) ends in a <see cref="LoginFaultException"/>; its refusals are passed on.
/// </summary>
internal sealed class LoginHandler(HttpMessageHandler inner, TimeSpan limit, TimeProvider time) : DelegatingHandler(inner)
{
    private const int MaxBytes = 1 << 20;

    /// <summary>Over real connections.</summary>
    public static LoginHandler Real(GraphTenantOptions options, TimeProvider time) => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        },
        options.RequestTimeout, time);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string place = request.RequestUri is { } address ? $"{address.IdnHost}:{address.Port}" : "the login";
        using CancellationTokenSource timer = new(limit, time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        HttpResponseMessage? response = null;
        try
        {
            response = await base.SendAsync(request, either.Token).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(MaxBytes, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            throw new LoginFaultException(LoginFault.Find(Causes.Find(e), place)
                ?? LoginFault.TimedOut(place, timer.IsCancellationRequested ? limit : null), e);
        }

        byte[] body = await response.Content.ReadAsByteArrayAsync(either.Token).ConfigureAwait(false);
        int status = (int)response.StatusCode;
        if (Verdict(status, body) is not { } wrong) return response;
        string answer = $"{ServiceErrors.Origin(status, response.Content.Headers.ContentType?.ToString(), body)}{Said(body)}";
        response.Dispose();
        throw new LoginFaultException(wrong ? LoginFault.Outage(place, answer) : LoginFault.NotEntra(place, answer), null);
    }

    /// <summary>Null: an answer of Microsoft Entra ID that says something. True: it fails. False: someone else answered.</summary>
    private static bool? Verdict(int status, byte[] body)
    {
        OAuthAnswer answer = OAuthAnswer.Read(body);
        if (status >= 500 || status is 408 or 429) return answer.IsJson || status is 500 or 503 or 504 or 408 or 429;
        if (answer.Refusal is { } number && EntraAdvice.IsOutage(number)) return true;
        return status switch
        {
            >= 200 and <= 299 => answer.IsJson ? null : false,
            _ => answer.HasError ? null : false,
        };
    }

    private static string Said(byte[] body) => OAuthAnswer.Read(body).Description is { Length: > 0 } text ? $": {QuotedText.Quote(text, QuotedText.Reason)}"
        : "";
}
