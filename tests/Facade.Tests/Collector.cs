using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ProvisioningConnector.Facade.Tests;

/// <summary>A collector of telemetry (OTLP over HTTP, and Azure Monitor) on a free loopback port, with everything that it received.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _server;

    private Collector(WebApplication server) => _server = server;

    /// <summary>Bodies read as Latin-1, by path.</summary>
    public ConcurrentDictionary<string, string> Sent { get; } = [];

    public Uri Address => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First() ?? string.Empty);

    public static async Task<Collector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(System.Net.IPAddress.Loopback, 0));
        WebApplication server = builder.Build();
        Collector collector = new(server);
        server.Run(async context =>
        {
            await using Stream plain = context.Request.Headers.ContentEncoding == "gzip"
                ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
            using StreamReader reader = new(plain, Encoding.Latin1);
            string body = await reader.ReadToEndAsync();
            collector.Sent.AddOrUpdate(context.Request.Path, body, (_, before) => before + body);
        });
        await server.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
