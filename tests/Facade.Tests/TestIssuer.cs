using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>An issuer of tokens on a free loopback port: metadata, keys, and tokens right and wrong.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _answering = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private RSA _key = RSA.Create(2048);
    private int _number;
    private int _fetches;

    private TestIssuer(WebApplication app) => _app = app;

    public static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public string Address { get; private set; } = "";

    /// <summary>How often its keys were asked for.</summary>
    public int Fetches => _fetches;

    private string Kid => $"k{_number}";

    /// <param name="name">What its metadata say that it is called; null: its address.</param>
    /// <param name="keys">Where they say that its keys are; null: where they are.</param>
    /// <param name="hangs">It answers nothing until <see cref="Answer"/>.</param>
    public static async Task<TestIssuer> StartAsync(string? name = null, string? keys = null, bool hangs = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        TestIssuer issuer = new(builder.Build());
        if (!hangs) issuer.Answer();
        issuer._app.Run(async context =>
        {
            await issuer._answering.Task.WaitAsync(context.RequestAborted);
            if (context.Request.Path == "/keys") await context.Response.WriteAsync(issuer.Keys());
            else if (context.Request.Path == "/.well-known/openid-configuration") await context.Response.WriteAsync(
                JsonSerializer.Serialize(new { issuer = name ?? issuer.Address, jwks_uri = keys ?? issuer.Address + "/keys" }));
            else context.Response.StatusCode = 404;
        });
        await issuer._app.StartAsync();
        issuer.Address = issuer._app.Urls.First();
        return issuer;
    }

    public void Answer() => _answering.TrySetResult();

    public void ChangeKey()
    {
        _key = RSA.Create(2048);
        _number++;
    }

    public Task StopAsync() => _app.StopAsync();

    public (string Name, string Value) Bearer() => ("Authorization", $"Bearer {Token()}");

    public string Token(string algorithm = "RS256", string audience = "provision", long? expires = -1, long? begins = null, string? name = null,
        string? kid = null, string role = "Reader", string subject = "app-1")
    {
        Dictionary<string, object> claims = new() { ["iss"] = name ?? Address, ["aud"] = audience, ["sub"] = subject, ["roles"] = new[] { role } };
        if (expires is { } end) claims["exp"] = end < 0 ? Now + 300 : end;
        if (begins is { } from) claims["nbf"] = from;
        string signed = $"{Part(JsonSerializer.Serialize(new { alg = algorithm, kid = kid ?? Kid, typ = "JWT" }))}.{Part(JsonSerializer.Serialize(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public string Unsigned() => Token(algorithm: "none")[..^342];

    /// <summary>Signed by HMAC with what everybody knows.</summary>
    public string Hmac(bool isPem = false)
    {
        string[] parts = Token(algorithm: "HS256").Split('.');
        byte[] key = isPem ? Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()) : _key.ExportSubjectPublicKeyInfo();
        return $"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")))}";
    }

    public async ValueTask DisposeAsync()
    {
        Answer();
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private string Keys()
    {
        Interlocked.Increment(ref _fetches);
        RSAParameters shown = _key.ExportParameters(false);
        return JsonSerializer.Serialize(new
        {
            keys = new[] { new { kty = "RSA", use = "sig", kid = Kid,
                n = Base64Url.EncodeToString(shown.Modulus), e = Base64Url.EncodeToString(shown.Exponent) } },
        });
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
