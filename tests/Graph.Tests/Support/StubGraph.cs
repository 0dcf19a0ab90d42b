using System.Net;
using System.Text;

namespace ProvisioningConnector.Graph.Tests.Support;

/// <summary>A request as the stub saw it.</summary>
internal sealed record Seen(string Method, string Path, string Body, Dictionary<string, string> Headers);

/// <summary>A service made of one function; it reads the request as a real connection would.</summary>
internal sealed class StubGraph(Func<Seen, int, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly List<Seen> _seen = [];

    public Seen[] Seen
    {
        get { lock (_seen) return [.. _seen]; }
    }

    public static StubGraph Create(params Func<HttpResponseMessage>[] answers) => new((_, number) => answers[Math.Min(number, answers.Length) - 1]());

    public static HttpResponseMessage Json(int status, string body, params (string Name, string Value)[] headers)
    {
        HttpResponseMessage response = new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach ((string name, string value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public static HttpResponseMessage Error(int status, string code, string message, params (string Name, string Value)[] headers) =>
        Json(status, System.Text.Json.JsonSerializer.Serialize(new { error = new { code, message } }), headers);

    /// <summary>What a request asks for.</summary>
    public static async Task<Seen> ReadAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellation);
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IEnumerable<string> values) in request.Headers) headers[name] = string.Join(",", values);
        if (request.Content is { } content)
        {
            foreach ((string name, IEnumerable<string> values) in content.Headers) headers[name] = string.Join(",", values);
        }

        return new Seen(request.Method.Method, request.RequestUri!.PathAndQuery, body, headers);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Seen seen = await ReadAsync(request, cancellationToken);
        int number;
        lock (_seen)
        {
            _seen.Add(seen);
            number = _seen.Count;
        }

        return answer(seen, number);
    }
}
