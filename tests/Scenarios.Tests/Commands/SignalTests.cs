using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProvisioningConnector.Sandbox;

namespace ProvisioningConnector.Scenarios.Tests;

/// <summary>Signals to the real executable while users are being written to: those who have begun are finished, no others begin.</summary>
[Platform(Exclude = "Win", Reason = "Signals.")]
[Parallelizable(ParallelScope.All)]
public sealed class SignalTests
{
    private const int Users = 12;

    [Test]
    public async Task A_user_whom_the_service_has_begun_is_finished_after_a_signal_that_a_wrapper_sends_twice()
    {
        await using Served served = await Served.StartAsync(writeDelay: 400);
        Task<HttpResponseMessage> put = served.PutAsync();
        await served.WritesAsync(1);
        served.Process.SendTerminate();
        served.Process.SendTerminate();

        using HttpResponseMessage answer = await put;
        Answer ended = await served.Process.EndAsync();

        Assert.That(((int)answer.StatusCode, ended.Exit), Is.EqualTo((200, 0)), $"{ended}");
        Assert.That(served.Phones, Is.EqualTo(Served.Wanted));
    }

    [Test]
    public async Task Ctrl_C_is_acknowledged_and_a_wrapper_that_sends_it_twice_does_not_kill_the_run()
    {
        using Desk desk = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Seed = Crew.Seed(Users, new LatencySettings { Median = TimeSpan.FromMilliseconds(60) }) }, CancellationToken.None);
        desk.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString(), Crew.Slowly());
        desk.Write("people.csv", Crew.Source(Users));
        using ProvisionProcess process = ProvisionProcess.Start(desk.Folder, ["apply", "people.csv", "--yes", "--config", "settings.json", "--format", "json"]);
        while (sandbox.Journal.AppliedWriteCount < 3 && !process.HasExited) await Task.Delay(2);
        process.SendInterrupt();
        process.SendInterrupt();

        Answer interrupted = await process.EndAsync();

        Assert.That((interrupted.Exit, interrupted.Text("outcome")), Is.EqualTo((130, "interrupted")), $"{interrupted}");
        Assert.That(interrupted.Error, Does.Contain("Stopping: finishing what has begun. Press Ctrl-C again to stop at once."));
    }

    [Test]
    public async Task A_command_for_one_user_who_has_begun_is_finished_after_a_signal()
    {
        using Desk desk = new(TimeProvider.System);
        await using SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = Served.Seed }, CancellationToken.None);
        sandbox.Faults = Served.Slow(400);
        desk.Configure(sandbox.Address.GetLeftPart(UriPartial.Authority), sandbox.Tenant.TenantId.ToString());
        using ProvisionProcess process = ProvisionProcess.Start(desk.Folder, ["offboard", Served.User, "--yes", "--config", "settings.json", "--format", "json"]);
        while (sandbox.Journal.AppliedWriteCount < 1 && !process.HasExited) await Task.Delay(2);
        process.SendTerminate();

        Answer ended = await process.EndAsync();

        Assert.That((ended.Exit, ended.Text("outcome")), Is.EqualTo((0, "succeeded")), $"{ended}");
        SandboxUser user = sandbox.Tenant.User(Served.User);
        Assert.That((user.Mobile, user.AlternateMobile, user.Office), Is.EqualTo((default(string), default(string), default(string))));
    }

    /// <summary>The service in front of a slow tenant with one user of three phones.</summary>
    private sealed class Served : IAsyncDisposable
    {
        public const string User = "kim@contoso.com";
        private readonly Desk _desk;
        private readonly SandboxServer _sandbox;
        private readonly HttpClient _client;

        private Served(Desk desk, SandboxServer sandbox, ProvisionProcess process, string address)
        {
            (_desk, _sandbox, Process) = (desk, sandbox, process);
            _client = new HttpClient { BaseAddress = new Uri(address) };
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("rehearsal:word")));
        }

        public static SandboxSeed Seed => new()
        {
            Users = [new SeedUser { UserPrincipalName = User, DisplayName = "Kim", Phones = new SeedPhones { Mobile = "+1 2065550100", AlternateMobile = "+1 2065550101", Office = "+1 2065550102" } }],
        };

        public static (string?, string?, string?) Wanted => ("+1 2065550110", "+1 2065550111", "+1 2065550112");

        public ProvisionProcess Process { get; }

        public (string?, string?, string?) Phones => _sandbox.Tenant.User(User) is var user ? (user.Mobile, user.AlternateMobile, user.Office) : default;

        public static FaultPlan Slow(int delay) => FaultPlan.Parse($$"""{"rules":[{"match":{"access":"write"},"every":1,"count":999,"then":{"delayBefore": {{delay}} } }]}""");

        public static async Task<Served> StartAsync(int writeDelay)
        {
            Desk desk = new(TimeProvider.System);
            SandboxServer sandbox = await SandboxServer.StartAsync(new SandboxOptions { Seed = Seed }, CancellationToken.None);
            sandbox.Faults = Slow(writeDelay);
            desk.Configure(new JsonObject
            {
                ["DefaultTenant"] = "contoso",
                ["Tenants"] = new JsonObject
                {
                    ["contoso"] = new JsonObject
                    {
                        ["Kind"] = "Graph", ["TenantId"] = sandbox.Tenant.TenantId.ToString(), ["Endpoint"] = sandbox.Address.GetLeftPart(UriPartial.Authority),
                        ["Credential"] = new JsonObject { ["Kind"] = "StaticToken", ["Token"] = "rehearsal" },
                    },
                },
                ["Facade"] = new JsonObject { ["LoopbackAccounts"] = new JsonObject { ["rehearsal"] = "word" } },
            });
            ProvisionProcess process = ProvisionProcess.Start(desk.Folder, ["serve", "--urls", "http://127.0.0.1:0", "--config", "settings.json", "--format", "json"], readOutput: false);
            using JsonDocument told = JsonDocument.Parse(await process.Output.ReadLineAsync() ?? "");
            return new Served(desk, sandbox, process, told.RootElement.GetProperty("addresses")[0].GetString() ?? "");
        }

        /// <summary>Replaces all three numbers.</summary>
        public async Task<HttpResponseMessage> PutAsync()
        {
            using HttpRequestMessage request = new(HttpMethod.Put, $"/openidm/system/contoso/user/{User}");
            request.Headers.TryAddWithoutValidation("If-Match", "*");
            request.Content = new StringContent("""{"__phoneAuthenticationMethods__":["+1 2065550110:mobile","+1 2065550111:alternateMobile","+1 2065550112:office"]}""", Encoding.UTF8, "application/json");
            return await _client.SendAsync(request);
        }

        public async Task WritesAsync(int count)
        {
            while (_sandbox.Journal.AppliedWriteCount < count && !Process.HasExited) await Task.Delay(2);
        }

        public async ValueTask DisposeAsync()
        {
            _client.Dispose();
            Process.Dispose();
            await _sandbox.DisposeAsync();
            _desk.Dispose();
        }
    }
}
