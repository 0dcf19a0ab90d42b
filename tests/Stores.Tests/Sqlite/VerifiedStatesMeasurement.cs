using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Stores.Tests.Sqlite;

public sealed class VerifiedStatesMeasurement
{
    [Test, Explicit("A measurement: prints states per second, bytes on disk and memory.")]
    public async Task Saving_and_finding_a_million_states()
    {
        using Scratch scratch = new();
        await using SqliteRunStore store = await SqliteRunStore.OpenAsync(scratch.Fresh(), TimeProvider.System);
        string[] uids = [.. Enumerable.Range(0, 1_000_000).Select(_ => Guid.NewGuid().ToString())];
        long before = GC.GetTotalMemory(forceFullCollection: true);
        foreach (string what in new[] { "saved anew", "saved again", "found" })
        {
            long began = TimeProvider.System.GetTimestamp();
            foreach (string[] page in uids.Chunk(500))
            {
                if (what == "found") Assert.That(await store.VerifiedStates.FindAsync("t", [.. page], default), Has.Count.EqualTo(page.Length));
                else await store.VerifiedStates.SaveAsync("t", [.. page.Select(State)], default);
            }

            double seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
            TestContext.Out.WriteLine($"{what}: {uids.Length / seconds:0}/s; {new FileInfo(scratch.Path).Length / uids.Length} B on disk each; "
                + $"{(GC.GetTotalMemory(true) - before) >> 20} MB more in memory");
        }
    }

    private static VerifiedState State(string uid) => new(uid, new StateDigest(1), new StateDigest(2), MethodPresence.Mobile, DateTimeOffset.UnixEpoch)
    {
        Parts = [new PartDigest(ManagedValue.Mobile, new StateDigest(3)), new PartDigest(ManagedValue.Office, new StateDigest(4))],
    };
}
