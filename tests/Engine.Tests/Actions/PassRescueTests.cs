using System.Collections.Immutable;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Pipeline;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Actions;

/// <summary>Whatever happens to a rescue: never two passes, and none left that no one is proved to have (docs/retirement.md#rescue).</summary>
public sealed class PassRescueTests
{
    private const string Tenant = "tenant-1";
    private const string Pass = "Value-of-the-pass-7";

    private static readonly CrashPoint[] Points =
    [
        CrashPoint.BeforeIntent, CrashPoint.AfterIntent, CrashPoint.AfterSend, CrashPoint.BeforeOutcome, CrashPoint.AfterOutcome, CrashPoint.BeforeResult,
    ];

    /// <summary>Every step at which a process can die: each point of the journal, each change of the memory before and after, and the handing over.</summary>
    private static IEnumerable<(string Name, Action<Scene> Die)> Deaths()
    {
        foreach (CrashPoint point in Points)
        {
            for (int nth = 0; nth < 2; nth++)
            {
                int which = nth;
                yield return ($"{point} {which}", scene => scene.Bench.Crash = scene.Bench.Tenant.Crash = new CrashPlan(point, which));
            }
        }

        for (int change = 0; change < 3; change++)
        {
            foreach (bool after in new[] { false, true })
            {
                (int which, bool late) = (change, after);
                yield return ($"memory {which} {(late ? "after" : "before")}", scene => scene.Memory.Around = (number, done) =>
                {
                    if (number == which && done == late) throw new CrashException(CrashPoint.Never);
                }
                );
            }
        }

        yield return ("before it is shown", scene => scene.Hand = (_, _) => throw new CrashException(CrashPoint.Never));
        yield return ("after it is shown", scene => scene.Hand = (changed, envelope) =>
        {
            scene.Show(changed, envelope);
            throw new CrashException(CrashPoint.Never);
        }
        );
    }

    [Test]
    public void A_process_may_die_at_any_step_and_no_pass_is_left_that_is_not_proved([Values] bool foreignPass) => VirtualWorld.Run(async world =>
    {
        foreach ((string name, Action<Scene> die) in Deaths())
        {
            Scene scene = new(world, foreignPass);
            die(scene);
            scene.Bench.Dead = true;
            Exception? end = await ChangeBench.ErrorOf(scene.RescueAsync);
            bool died = end is CrashException;
            Assert.That(died || end is null, Is.True, $"{name}: {end}");
            Assert.That(scene.Passes, Has.Count.LessThanOrEqualTo(1), name);
            bool proved = scene.Memory.AllAsync(Tenant, default).AsTask().Result.Any(static one => one.IsProved);

            scene.Revive();
            // Too early first: another process may still have a request on its way.
            for (int tries = 0; tries < 30 && await scene.OpenAsync() > 0; tries++)
            {
                await scene.ResumeAsync();
                Assert.That(scene.Passes, Has.Count.LessThanOrEqualTo(1), name);
                await world.Delay(TimeSpan.FromMinutes(1));
            }

            await world.Delay(TimeSpan.FromMinutes(20));
            Assert.That(await scene.OpenAsync(), Is.Zero, name);
            Assert.That(scene.Passes.Where(static id => id != Scene.Foreign).Count(), Is.EqualTo(proved ? 1 : 0), $"{name}, proved {proved}");
            if (proved) Assert.That(scene.Shown, Is.EqualTo(new[] { Pass }), name);
        }
    });

    [Test]
    public void Whatever_the_service_answers_no_pass_is_left_that_is_not_proved([Values] bool foreignPass) => VirtualWorld.Run(async world =>
    {
        int issue = foreignPass ? 1 : 0;
        foreach (WriteFault fault in Enum.GetValues<WriteFault>())
        {
            Scene scene = new(world, foreignPass);
            scene.Bench.Tenant.Faults = (_, n) => n == issue ? fault : WriteFault.None;
            RescueResult result = await scene.RescueAsync();
            Assert.That(scene.Passes, Has.Count.LessThanOrEqualTo(1), $"{fault}");
            for (int tries = 0; tries < 30 && await scene.OpenAsync() > 0; tries++)
            {
                await world.Delay(TimeSpan.FromMinutes(1));
                await scene.ResumeAsync();
            }

            await world.Delay(TimeSpan.FromMinutes(20));
            bool handed = result is RescueResult.HandedOver;
            Assert.That(await scene.OpenAsync(), Is.Zero, $"{fault}");
            Assert.That(scene.Passes.Where(static id => id != Scene.Foreign).Count(), Is.EqualTo(handed ? 1 : 0), $"{fault}: {result}");
            Assert.That(scene.Shown, handed ? Is.EqualTo(new[] { Pass }) : Is.Empty, $"{fault}");
        }
    });

    [Test]
    public void A_pass_that_the_person_did_not_get_is_deleted_at_once() => VirtualWorld.Run(async world =>
    {
        Scene scene = new(world, foreignPass: false);
        scene.Hand = (_, _) => new ValueTask<bool>(false);
        RescueResult result = await scene.RescueAsync();
        Assert.That(((RescueResult.NotHandedOver)result).TakenBack.How, Is.EqualTo(TakenBackHow.Deleted));
        Assert.That((scene.Passes.Count, await scene.OpenAsync()), Is.EqualTo((0, 0)));
    });

    [Test]
    public void A_pass_is_taken_back_although_deletions_need_an_approval_and_nothing_else_is() => VirtualWorld.Run(async world =>
    {
        Scene scene = new(world, foreignPass: false, settings => settings with { RequireApproval = ApprovalRule.Deletes });
        scene.Hand = (_, _) => new ValueTask<bool>(false);
        Assert.That(((RescueResult.NotHandedOver)await scene.RescueAsync()).TakenBack.How, Is.EqualTo(TakenBackHow.Deleted));
        UserChange other = ChangeBench.Request(1, new DesiredMethods { Office = Managed.None<PhoneNumber>() }) with { TakesBack = true };
        scene.Bench.Tenant.Change(scene.Bench.Tenant[ChangeBench.Uid(1)], static now => now with
        {
            Mobile = Some.User.Mobile(ChangeBench.Phone(1)).Mobile,
            Office = Some.User.Mobile(ChangeBench.Phone(2)).Mobile,
        });
        RunResult result = await scene.Bench.Runs.RunAsync(new RunRequest { Work = new RunWork.Change(other), Actor = "a" }, GivenConsent.Instance, default);
        Assert.That(result, Is.TypeOf<RunResult.Blocked>());
    });

    [Test]
    public void A_pass_of_someone_else_that_came_later_ends_the_rescue() => VirtualWorld.Run(async world =>
    {
        Scene scene = new(world, foreignPass: true);
        RescueResult result = await scene.RescueAsync(before: []);
        Assert.That(((RescueResult.NotIssued)result).Run, Is.TypeOf<RunResult.ConditionFailed>());
        Assert.That(scene.Passes, Is.EqualTo(new[] { Scene.Foreign }));
    });

    [Test]
    public void The_value_is_written_down_nowhere() => VirtualWorld.Run(async world =>
    {
        Scene scene = new(world, foreignPass: false);
        await scene.RescueAsync();
        string memory = string.Join(' ', await scene.Memory.AllAsync(Tenant, default));
        List<string> runs = [];
        foreach (RunHeader run in await scene.Bench.SinglesAsync())
        {
            runs.Add(run.ToString());
            await foreach (RunUser user in scene.Bench.Store.UsersAsync(run.RunId, default)) runs.Add($"{user} {string.Join(' ', user.Result!.Operations)}");
        }

        Assert.That(memory + string.Join(' ', runs) + string.Join(' ', scene.Bench.Records), Does.Not.Contain(Pass));
    });

    /// <summary>A person, a bench and someone who hands passes over.</summary>
    private sealed class Scene
    {
        public const string Foreign = "foreign";
        private readonly VirtualWorld _world;
        private readonly bool _foreign;
        private RunPipeline _runs;

        public Scene(VirtualWorld world, bool foreignPass, Func<PipelineSettings, PipelineSettings>? with = null)
        {
            (_world, _foreign) = (world, foreignPass);
            CurrentMethods user = Some.User;
            if (foreignPass) user = user with { Others = [new AuthenticationMethod(MethodKind.TemporaryAccessPass, Foreign)] };
            Bench = new ChangeBench(world, with).With(1, user);
            Bench.Writer.Make = static operation => operation is Operation.IssuePass ? Secret.From(Pass) : null;
            _runs = Bench.Runs;
            Hand = (changed, envelope) =>
            {
                Show(changed, envelope);
                return new ValueTask<bool>(true);
            };
        }

        public ChangeBench Bench { get; }

        public MemoryHandOvers Memory { get; } = new();

        public List<string> Shown { get; } = [];

        public Func<RunResult.Changed, SecretEnvelope, ValueTask<bool>> Hand { get; set; }

        public List<string> Passes =>
            [.. Bench.Now(1).Others.Where(static method => method.Kind == MethodKind.TemporaryAccessPass).Select(static method => method.Id)];

        public void Show(RunResult.Changed changed, SecretEnvelope envelope)
        {
            foreach (OperationResult operation in changed.Record.Result.Operations)
            {
                if (envelope.Take(operation.Operation) is { } secret) Shown.Add(secret.Reveal());
            }
        }

        public Task<RescueResult> RescueAsync() => RescueAsync(_foreign ? [Foreign] : []);

        public Task<RescueResult> RescueAsync(ImmutableArray<string> before) => Rescue().IssueAsync(
            new HandOver
            {
                Id = "h1", Uid = ChangeBench.Uid(1), BegunAt = _world.Time.GetUtcNow(), Minutes = 60, Proof = "inPerson", Ticket = "T", Before = before,
            },
            How(), GivenConsent.Instance, (changed, envelope) => Hand(changed, envelope), CancellationToken.None);

        public async Task<int> OpenAsync() => (await Memory.AllAsync(Tenant, default)).Count(static one => !one.IsProved);

        public Task<ImmutableArray<TakenBack>> ResumeAsync() => Rescue().ResumeAsync(How(), CancellationToken.None);

        /// <summary>Another process goes on; the first is known to be gone.</summary>
        public void Revive()
        {
            (Bench.Crash, Bench.Tenant.Crash, Bench.Dead, Bench.Gone) = (CrashPlan.Never, CrashPlan.Never, false, "facade");
            Memory.Around = static (_, _) => { };
            PipelineSettings next = Bench.Settings with { Holder = "next", Process = new HolderProcess("host", "boot", 2, "next") };
            _runs = new RunPipeline(Bench.Ports, next, Bench.Writer);
        }

        private static RunRequest How() => new() { Work = new RunWork.Change(ChangeBench.Request(1, new DesiredMethods())), Actor = "kim" };

        private PassRescue Rescue() => new(_runs, Memory, Tenant, _world.Time);
    }
}
