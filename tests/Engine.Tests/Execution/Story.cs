using System.Collections.Immutable;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>What came of a scenario: a run, and the runs that resumed it, on one tenant and one store.</summary>
internal sealed record Story(Scenario Scenario, ModelTenant Tenant, MemoryRunStore Store, ImmutableArray<RunHeader> Heads, ImmutableArray<bool> FinalAfter)
{
    public const string Uid = "user-1";

    public ModelUser User => Tenant[Uid];

    public ImmutableArray<Operation> Approved => Scenario.Shape.Plan.Operations;

    public UserResult? Result => Store.ResultOf(Uid);

    public UserResult Final => Result ?? throw new AssertionException($"No final result: {this}");

    /// <summary>Writes of an approved operation, in order.</summary>
    public IEnumerable<SentWrite> WritesOf(Operation operation) =>
        Tenant.Writes.Where(w => ReferenceEquals(w.Operation, operation) || w.Operation == operation);

    public static Story Play(Scenario scenario) => VirtualWorld.Run(1, world => LiveAsync(world, scenario));

    public override string ToString() =>
        $"{Scenario}\n  sent: {string.Join(", ", Tenant.Writes)}\n  result: {(Result is null ? "none" : $"{Result.Outcome} verified {Result.Verified}")} "
        + string.Join(", ", Result?.Operations.Select(o => $"{o.Outcome} {o.Error?.Code}") ?? [])
        + $"\n  runs: {string.Join(", ", Heads.Select(h => h.Outcome))}";

    private static async Task<Story> LiveAsync(VirtualWorld world, Scenario scenario)
    {
        ModelTenant tenant = new(world, scenario.Service) { Reading = scenario.Reading };
        tenant.Faults = (_, n) => scenario.Faults(n);
        tenant.BeforeSend = (user, n) => scenario.BeforeSend(tenant, user, n);
        DirectoryUser account = new(Uid, "kim@contoso.com", OnPremisesSynced: scenario.Synced);
        tenant.Add(account, scenario.Shape.Current);
        SourceRow row = new(0, new Place("people.csv", 2), account.PrincipalName!, new UserKey(UserKeyKind.Name, Uid), scenario.Shape.Desired, null, []);
        PlannedUser planned = new(row, account, scenario.Shape.Current, scenario.Shape.Plan);
        scenario.BeforeRun(tenant, tenant[Uid]);

        MemoryRunStore store = new(world.Time);
        CrashPlan crash = new(scenario.CrashAt, scenario.CrashNth);
        (tenant.Crash, store.Crash) = (crash, crash);
        RunHeader head = RunSamples.Head(scenario.Shape.Policy, new Summary().Plus(Situation.Changed), world.Time.GetUtcNow());
        await store.BeginAsync(head, RunSamples.Stream([planned]), default);

        Task meanwhile = scenario.Meanwhile(world, tenant);
        List<RunHeader> heads = [];
        List<bool> final = [];
        for (int life = 0; life < 3 && store.ResultOf(Uid) is null; life++)
        {
            using CancellationTokenSource stop = Signal(world, life == 0 ? scenario.StopAfter : null);
            using CancellationTokenSource cut = Signal(world, life == 0 ? scenario.CutAfter : null);
            using CancellationTokenSource giveUp = Signal(world, life == 0 ? scenario.GiveUpAfter : null);
            UserExecutor executor = new(tenant, tenant, store, world.Time, new ExecutorSettings());
            using RunExecutor runner = new(store, executor, world.Time, new RunSettings { Cut = cut.Token }, new QuietProgress());
            try
            {
                heads.Add(await runner.RunAsync(head, TestAuthority.Create(head.RunId), stop.Token, giveUp.Token));
            }
            catch (Exception end) when (end is CrashException || (end is OperationCanceledException && giveUp.IsCancellationRequested))
            {
                heads.Add(head);
            }

            final.Add(store.ResultOf(Uid) is not null);
        }

        await meanwhile;
        await world.Delay(TimeSpan.FromMinutes(5));
        return new Story(scenario, tenant, store, [.. heads], [.. final]);
    }

    private static CancellationTokenSource Signal(VirtualWorld world, TimeSpan? after) =>
        after is { } time ? new CancellationTokenSource(time, world.Time) : new CancellationTokenSource();
}
