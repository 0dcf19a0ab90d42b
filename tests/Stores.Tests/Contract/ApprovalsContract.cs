using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Stores.Tests.Postgres;
using ProvisioningConnector.Stores.Tests.Samples;
using ProvisioningConnector.Stores.Tests.Sqlite;
using ProvisioningConnector.TestKit.Stores;

namespace ProvisioningConnector.Stores.Tests.Contract;

/// <summary>What every memory of approvals keeps to.</summary>
public abstract class ApprovalsContract
{
    protected abstract Task<IApprovals> MakeAsync();

    [Test]
    public async Task Approvals_of_a_plan_come_back_as_given_oldest_first()
    {
        IApprovals approvals = await MakeAsync();
        Approval[] given = [Given("a1", "p1"), Given("a2", "p2"), Given("a3", "p1")];
        foreach (Approval approval in given) await approvals.AddAsync(approval, default);
        ImmutableArray<Approval> back = await approvals.OfPlanAsync("p1", default);
        Assert.That(back.Select(Deep.Text), Is.EqualTo(new[] { given[0], given[2] }.Select(Deep.Text)));
        Assert.That(back.Select(a => ApprovalSeal.IsIntact(a, new byte[32])), Is.All.True);
        Assert.That(await approvals.OfPlanAsync("p9", default), Is.Empty);
    }

    [Test]
    public async Task An_approval_is_added_once()
    {
        IApprovals approvals = await MakeAsync();
        await approvals.AddAsync(Given("a1", "p1"), default);
        Assert.That(async () => await approvals.AddAsync(Given("a1", "p1"), default), Throws.InvalidOperationException);
    }

    private static Approval Given(string id, string plan) => ApprovalSeal.Seal(new Approval
    {
        ApprovalId = id, PlanId = plan, PlanSeal = "seal", TenantId = "t1", Approver = "bob@here", At = Sample.Noon, Reason = "looked at",
        Allowances = ImmutableSortedDictionary<string, long>.Empty.Add("deletes", 312), ExpiresAt = Sample.Noon.AddHours(1),
    }, new byte[32]);
}

public sealed class SqliteApprovalsTests : ApprovalsContract
{
    private readonly Scratch _scratch = new();
    private SqliteRunStore? _store;

    [TearDown]
    public async Task Remove()
    {
        if (_store is not null) await _store.DisposeAsync();
        _scratch.Dispose();
    }

    protected override async Task<IApprovals> MakeAsync() => (_store = await SqliteRunStore.OpenAsync(_scratch.Fresh(), TimeProvider.System)).Approvals;
}

public sealed class PostgresApprovalsTests : ApprovalsContract
{
    private PostgresScratch? _scratch;
    private PostgresRunStore? _store;

    [TearDown]
    public async Task Remove()
    {
        if (_store is not null) await _store.DisposeAsync();
        _scratch?.Dispose();
    }

    protected override async Task<IApprovals> MakeAsync() => (_store = await (_scratch = PostgresScratch.Make()).OpenAsync()).Approvals;
}

public sealed class MemoryApprovalsTests : ApprovalsContract
{
    protected override Task<IApprovals> MakeAsync() => Task.FromResult<IApprovals>(new MemoryApprovals());
}
