using System.Globalization;
using ProvisioningConnector.Sandbox;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Serving;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Benchmarks.Commands;

/// <summary>
/// A sandbox tenant in this process, a source and a configuration for it in a folder of their own: what a run of the real program over
/// real HTTP needs. Without a quota, unless the sandbox is given one.
/// </summary>
internal sealed class Rehearsal : IAsyncDisposable
{
    private Rehearsal(string folder, SandboxServer sandbox) => (Folder, Sandbox) = (folder, sandbox);

    public string Folder { get; }

    public SandboxServer Sandbox { get; }

    public string Source => Path.Combine(Folder, "people.csv");

    public string Configuration => Path.Combine(Folder, "settings.json");

    /// <param name="users">Users of the tenant and rows of the source; every one has a mobile, some an office phone and an Authenticator.</param>
    /// <param name="changed">Share of rows that want another number.</param>
    /// <param name="quota">What the sandbox grants; null: everything.</param>
    public static async Task<Rehearsal> OpenAsync(int users, double changed, ThrottleSettings? quota = null)
    {
        string folder = Directory.CreateTempSubdirectory("provision-measure-").FullName;
        SandboxSeed seed = new() { Generate = [new SeedGenerator { Count = users, Mobile = 1, Office = 0.3, Authenticator = 0.4 }] };
        SandboxServer sandbox = await SandboxServer.StartAsync(
            new SandboxOptions { Seed = seed, Settings = SandboxSettings.Default with { Quota = quota }, JournalCapacity = 0 }, CancellationToken.None);
        Rehearsal rehearsal = new(folder, sandbox);
        rehearsal.WriteSource(users, changed);
        File.WriteAllText(rehearsal.Configuration, string.Create(CultureInfo.InvariantCulture, $$"""
            { "DefaultTenant": "measured",
              "Store": { "ConnectionString": "Data Source={{folder}}/provision.db" },
              "Tenants": { "measured": { "Kind": "Graph", "TenantId": "{{sandbox.Tenant.TenantId}}",
                "Endpoint": "{{sandbox.Address.GetLeftPart(UriPartial.Authority)}}",
                "Credential": { "Kind": "StaticToken", "Token": "rehearsal" },
                "Quota": { "ReadsPerSecond": 1000000, "ReadBurst": 1000000, "WritesPerSecond": 1000000, "WriteBurst": 1000000,
                  "Start": 1, "WriteBudget": 1 } } } }
            """));
        return rehearsal;
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void WriteSource(int users, double changed)
    {
        using StreamWriter file = new(Source);
        file.WriteLine("user,mobile");
        double due = 0;
        for (int i = 0; i < users; i++)
        {
            due += changed;
            bool other = due >= 1;
            if (other) due -= 1;
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"user{i:D7}@contoso.com,+1 {(other ? 206 : 555)}{i:D7}"));
        }
    }
}
