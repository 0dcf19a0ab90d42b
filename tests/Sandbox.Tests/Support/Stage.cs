using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;
using ProvisioningConnector.Sandbox.Tenant;

namespace ProvisioningConnector.Sandbox.Tests.Support;

/// <summary>A server with a client: one per test where the test changes settings, shared where it only adds users of its own.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private Stage(SandboxServer server, string token) => (Server, Client) = (server, new GraphClient(server.Address, token));

    public SandboxServer Server { get; }
    public GraphClient Client { get; }
    public SandboxTenant Tenant => Server.Tenant;

    public static async Task<Stage> Open(SandboxOptions? options = null, string token = "opaque") =>
        new(await SandboxServer.StartAsync(options ?? new SandboxOptions { Seed = new SandboxSeed() }, CancellationToken.None), token);

    public static Task<Stage> Open(SandboxSettings settings, TimeProvider? time = null, string token = "opaque") =>
        Open(new SandboxOptions
        {
            Seed = new SandboxSeed { Settings = settings },
            Time = time ?? TimeProvider.System,
        }, token);

    public SandboxUser Add(string name, string? mobile = null, string? alternate = null, string? office = null, string? email = null,
        string? defaultMethod = null, bool guest = false, bool admin = false, bool? sms = null, params SeedMethod[] methods) =>
        Tenant.Add(new SeedUser
        {
            UserPrincipalName = name + "@contoso.com",
            Phones = new SeedPhones { Mobile = mobile, AlternateMobile = alternate, Office = office },
            Email = email,
            Default = defaultMethod,
            UserType = guest ? "Guest" : "Member",
            IsAdmin = admin,
            SmsSignInScope = sms,
            Methods = [.. methods],
        });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
