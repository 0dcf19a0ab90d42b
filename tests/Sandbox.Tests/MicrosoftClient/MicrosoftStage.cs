using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Http.HttpClientLibrary;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Tests.MicrosoftClient;

/// <summary>A stand-in tenant with Microsoft's own client before it, HTTP stack and all: an independent proof that the stand-in speaks Graph.</summary>
internal sealed class MicrosoftStage : IAsyncDisposable
{
    /// <summary>A signed-in person's token: {"alg":"none"}.{"scp":"UserAuthenticationMethod.ReadWrite.All"}.</summary>
    public const string Delegated = "eyJhbGciOiJub25lIn0.eyJzY3AiOiJVc2VyQXV0aGVudGljYXRpb25NZXRob2QuUmVhZFdyaXRlLkFsbCJ9.x";

    private readonly SandboxServer _server;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private MicrosoftStage(SandboxServer server, string token)
    {
        _server = server;
        Adapter = new HttpClientRequestAdapter(new FixedToken(token), httpClient: _http) { BaseUrl = new Uri(server.Address, "v1.0").AbsoluteUri };
        Client = new GraphServiceClient(Adapter);
    }

    public GraphServiceClient Client { get; }

    public HttpClientRequestAdapter Adapter { get; }

    public SandboxServer Server => _server;

    public static async Task<MicrosoftStage> OpenAsync(SandboxSeed? seed = null, SandboxSettings? settings = null, string token = "opaque") =>
        new(await SandboxServer.StartAsync(new SandboxOptions { Seed = seed ?? People, Settings = settings }, default), token);

    /// <summary>A user with every kind of method, and users without any.</summary>
    public static SandboxSeed People { get; } = new()
    {
        Users =
        [
            new SeedUser
            {
                UserPrincipalName = "rich@contoso.com", Mail = "rich@contoso.com", EmployeeId = "1", Email = "rich@example.org", IsAdmin = true,
                Phones = new SeedPhones { Mobile = "+1 2065550111", AlternateMobile = "+1 2065550112", Office = "+1 2065550113x7" },
                Methods =
                [
                    .. new[] { "fido2", "softwareOath", "hardwareOath", "windowsHello", "platformCredential", "external", "temporaryAccessPass",
                        "microsoftAuthenticator", "qrCodePin", "resourceAccountKey", "future" }.Select(kind => new SeedMethod { Kind = kind }),
                ],
            },
            new SeedUser { UserPrincipalName = "empty@contoso.com" },
            new SeedUser { UserPrincipalName = "o'hara#EXT#@contoso.com" },
        ],
        Groups = [new SeedGroup { DisplayName = "helpers", Members = ["empty@contoso.com"] }],
        RoleAssignments = [new SeedRoleAssignment { Role = "HelpdeskAdministrator", Principal = "helpers" }],
        RoleEligibilities = [new SeedRoleAssignment { Role = "HelpdeskAdministrator", Principal = "empty@contoso.com" }],
    };

    /// <summary>Id of a user.</summary>
    public string Id(string name) => _server.Tenant.User(name + "@contoso.com").Id.ToString();

    /// <summary>A request of beta, which the client for v1.0 has no builder for.</summary>
    public RequestInformation Beta(Method method, string path, IParsable? body = null)
    {
        RequestInformation info = new() { HttpMethod = method, URI = new Uri(_server.Address, "beta/" + path) };
        if (body is not null) info.SetContentFromParsable(Adapter, "application/json", body);
        return info;
    }

    /// <summary>How Microsoft's client reports a refusal: status and code.</summary>
    public static async Task<(int Status, string? Code)> RefusalAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (ODataError e)
        {
            return (e.ResponseStatusCode, e.Error?.Code);
        }

        return (200, null);
    }

    public async ValueTask DisposeAsync()
    {
        Adapter.Dispose();
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private sealed class FixedToken(string token) : IAuthenticationProvider
    {
        public Task AuthenticateRequestAsync(RequestInformation request, Dictionary<string, object>? additionalAuthenticationContext = null,
            CancellationToken cancellationToken = default)
        {
            request.Headers.Add("Authorization", "Bearer " + token);
            return Task.CompletedTask;
        }
    }
}
