using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ProvisioningConnector.Sandbox.Tests.Support;

/// <summary>A bare HTTP client: what it sends and sees is what is on the wire.</summary>
internal sealed class GraphClient(Uri address, string token = "opaque") : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(30),
    };

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send("GET", path, null, headers);
    public Task<Reply> Post(string path, string? body = null) => Send("POST", path, body);
    public Task<Reply> Patch(string path, string body) => Send("PATCH", path, body);
    public Task<Reply> Delete(string path) => Send("DELETE", path, null);

    public async Task<Reply> Send(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach ((string? name, string? value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Dictionary<string, string> all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply(response.StatusCode, text, all);
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record Reply(HttpStatusCode Code, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public int Status => (int)Code;
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;
    public JsonElement Error => Json.GetProperty("error");
    public string ErrorCode => Error.GetProperty("code").GetString()!;
    public string Message => Error.GetProperty("message").GetString()!;
    public JsonElement[] Value => [.. Json.GetProperty("value").EnumerateArray()];
    public string? NextLink => Json.TryGetProperty("@odata.nextLink", out JsonElement next) ? new Uri(next.GetString()!).PathAndQuery : null;
}
