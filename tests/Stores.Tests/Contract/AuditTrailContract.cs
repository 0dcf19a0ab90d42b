using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Audit;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Stores.Tests.Samples;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every chain of evidence keeps to.</summary>
public abstract class AuditTrailContract
{
    private IAuditTrail _trail = null!;

    protected ReadOnlyMemory<byte> Key { get; set; }

    [SetUp]
    public async Task Open() => _trail = await MakeAsync();

    protected abstract Task<IAuditTrail> MakeAsync();

    /// <summary>The same chain as another process finds it.</summary>
    protected abstract Task<IAuditTrail> LaterAsync(IAuditTrail trail);

    [Test]
    public async Task A_new_chain_is_empty()
    {
        Assert.That(await _trail.HeadAsync(default), Is.Null);
        Assert.That(await _trail.RecordsAsync(default).ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Records_come_back_in_order_as_an_intact_chain()
    {
        for (int i = 0; i < 1_203; i++) await _trail.NoteAsync(Entry($"r{i}"), default);
        await _trail.AppendAsync(Entry("last"), default);
        ImmutableArray<AuditRecord> records = await (await LaterAsync(_trail)).RecordsAsync(default).ListAsync();
        Assert.Multiple(() =>
        {
            Assert.That(records.Select(r => r.Number), Is.EqualTo(Enumerable.Range(1, 1_204)));
            Assert.That(records.Select(r => AuditBody.TryRead(r.Body.AsSpan())?.RunId),
                Is.EqualTo(Enumerable.Range(0, 1_203).Select(i => $"r{i}").Append("last")));
            Assert.That(Findings(records), Is.Empty);
        });
    }

    [Test]
    public async Task The_head_covers_what_was_only_noted()
    {
        await _trail.NoteAsync(Entry("r1"), default);
        AuditHead? head = await _trail.HeadAsync(default);
        Assert.That(head, Is.EqualTo((await _trail.RecordsAsync(default).ListAsync())[^1].Head));
        Assert.That(head?.Number, Is.EqualTo(1));
    }

    [Test]
    public async Task Two_processes_append_to_one_chain()
    {
        IAuditTrail other = await LaterAsync(_trail);
        for (int i = 0; i < 20; i++) await (i % 3 == 0 ? _trail : other).AppendAsync(Entry($"r{i}"), default);
        Assert.That(Findings(await _trail.RecordsAsync(default).ListAsync()), Is.Empty);
        Assert.That((await _trail.HeadAsync(default))?.Number, Is.EqualTo(20));
    }

    protected static AuditEntry Entry(string run) => new() { At = Sample.Noon, Type = AuditType.RunBegun, Actor = "anna@here", ToolVersion = "1", RunId = run };

    protected IEnumerable<string> Findings(ImmutableArray<AuditRecord> records)
    {
        AuditCheck check = new(Key, []);
        foreach (AuditRecord record in records) check.Observe(record);
        check.End();
        return check.Findings.Select(f => f.Message);
    }
}
