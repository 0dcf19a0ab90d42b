using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Database;

namespace ProvisioningConnector.Stores.Tests.Sqlite;

/// <summary>What stores of earlier versions hold means the same after they were brought up to date.</summary>
public sealed class MigrationTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly Scratch _scratch = new();

    [TearDown]
    public void Remove() => _scratch.Dispose();

    [Test]
    public async Task A_users_lock_of_schema_11_has_an_unknown_process_and_stands_until_it_expires()
    {
        UserLock old = new("TENANT-1", "a", "facade", null, Noon.AddMinutes(2));
        HolderProcess process = new("h", "b", 1, "2");
        await using (SqliteRunStore store = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System))
        {
            await store.Leases.AcquireAsync(old with { Process = process, RequestTimeout = TimeSpan.FromSeconds(9) }, Noon, default);
        }

        using (SqliteConnection connection = new($"Data Source={_scratch.Path};Pooling=False"))
        {
            connection.Open();
            foreach (string column in (string[])["host", "boot", "process_id", "process_start", "request_timeout"])
            {
                connection.Run($"ALTER TABLE user_locks DROP COLUMN {column}");
            }

            connection.Run("ALTER TABLE verified_states DROP COLUMN held");
            connection.Run("DROP TABLE analyses");
            connection.Run("DROP TABLE analysis_pages");
            connection.Run("DELETE FROM schema_version WHERE version > 11");
        }

        await using SqliteRunStore after = await SqliteRunStore.OpenAsync(_scratch.Path, TimeProvider.System);
        Assert.That(await after.Leases.FindAsync("TENANT-1", "a", default), Is.EqualTo(old));
        UserLock next = old with { Holder = "next", Until = Noon.AddMinutes(9), Process = process, RequestTimeout = TimeSpan.Zero };
        Assert.That(await after.Leases.AcquireAsync(next, Noon.AddMinutes(1), default), Is.EqualTo(old));
        Assert.That(await after.Leases.AcquireAsync(next, Noon.AddMinutes(2), default), Is.Null);
    }
}
