using Moq;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs.Memory;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Engine.Tests.Runs.Memory;

public sealed class PlanMemoryReaderTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task The_last_accepted_state_is_that_of_the_same_tenant_source_and_form([Values] bool delta)
    {
        AcceptedSource accepted = new("run-1", Now.AddDays(-1), null, new SourceCensus { Rows = 7 });
        Mock<ISourceMemory> sources = new(MockBehavior.Strict);
        sources.Setup(s => s.FindAsync("tenant-1", "people.csv", delta, It.IsAny<CancellationToken>())).ReturnsAsync(accepted);

        PlanMemory memory = await PlanMemoryReader.ReadAsync(
            sources.Object, new MemoryRunStore(), "tenant-1", new SourceIdentity("people.csv", null, 7, delta), Now, default);

        Assert.That(memory.LastAccepted, Is.SameAs(accepted));
        Assert.That(memory.Past, Is.EqualTo(PastWrites.None));
    }
}
