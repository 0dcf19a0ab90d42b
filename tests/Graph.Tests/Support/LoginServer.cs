using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProvisioningConnector.Graph.Tests.Support;

/// <summary>A login on a loopback socket. <see cref="Way"/> leads there from the authority's real address, with all the HTTP stack between.</summary>
internal sealed class LoginServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, string> _answer;
    private readonly Task _life;
    private int _asked;

    /// <param name="answer">What to send for the n-th request of a token (from 1), head and body; empty: the connection is closed.</param>
    public LoginServer(Func<int, string> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}");
        _life = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>How many tokens were asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public static string Answer(int status, string body, string type = "application/json") =>
        $"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    /// <summary>A refusal as Entra words it.</summary>
    public static string Refusal(int code, string text) => Answer(401,
        $$"""{"error":"invalid_client","error_description":"AADSTS{{code}}: {{text}} Trace ID: 2f8c1f6a-1111-4222-8333-444455556666 """
        + $$"""Correlation ID: 7b1d2c3e-aaaa-4bbb-8ccc-ddddeeeeffff Timestamp: 2026-11-29 20:00:00Z","error_codes":[{{code}}]}""");

    public static string Token(string token = "opaque", int seconds = 3600) =>
        Answer(200, $$"""{"token_type":"Bearer","expires_in":{{seconds}},"access_token":"{{token}}"}""");

    public static HttpMessageHandler WayTo(Uri address) => new Detour(address);

    public HttpMessageHandler Way() => WayTo(Address);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _life;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            NetworkStream stream = client.GetStream();
            StringBuilder text = new();
            byte[] buffer = new byte[4096];
            int read;
            while ((read = await stream.ReadAsync(buffer)) > 0)
            {
                text.Append(Encoding.ASCII.GetString(buffer, 0, read));
                string all = text.ToString();
                int end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                string? length = end < 0
                    ? null : all[..end].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
                if (end >= 0 && all.Length - end - 4 >= (length is null ? 0 : int.Parse(length[15..]))) break;
            }

            // Whatever else the library looks up has no part in what is tested.
            string answer = !text.ToString().Split("\r\n")[0].Contains("/token", StringComparison.Ordinal)
                ? Answer(200, """{"tenant_discovery_endpoint":"https://login.microsoftonline.com/x","metadata":["""
                    + """{"preferred_network":"login.microsoftonline.com","preferred_cache":"login.windows.net","aliases":"""
                    + """["login.microsoftonline.com","login.windows.net"]}]}""")
                : _answer(Interlocked.Increment(ref _asked));
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        }
    }

    private sealed class Detour(Uri address) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(address, request.RequestUri?.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
