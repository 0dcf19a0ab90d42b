using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests;

/// <summary>The one PostgreSQL server of all tests here, started when the first one needs it.</summary>
[SetUpFixture]
public sealed class PostgresOnce
{
    private static Lazy<PostgresServer?> _server = new(Start);

    /// <summary>Skips the test, and says so, when PostgreSQL is not installed.</summary>
    internal static PostgresServer Server
    {
        get
        {
            if (_server.Value is { } running) return running;
            TestContext.Progress.WriteLine(PostgresServer.HowToInstall);
            Assert.Ignore(PostgresServer.HowToInstall);
            throw new InvalidOperationException(PostgresServer.HowToInstall);
        }
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_server is { IsValueCreated: true, Value: { } running }) await running.DisposeAsync();
        _server = new(Start);
    }

    private static PostgresServer? Start() => Task.Run(PostgresServer.TryStartAsync).GetAwaiter().GetResult();
}
