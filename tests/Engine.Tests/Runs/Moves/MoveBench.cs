using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Pipeline;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs.Moves;

/// <summary>People in a tenant in which a number signs in one user only, and the pipeline over them.</summary>
internal sealed class MoveBench
{
    private readonly Person[] _people;
    private readonly RunPipeline _pipeline;

    public MoveBench(VirtualWorld world, params Person[] people)
    {
        _people = people;
        Tenant = new ModelTenant(world, new ServiceModel { ReadyOnWrite = true, SignInIsUnique = true });
        for (int at = 0; at < people.Length; at++)
        {
            Tenant.Add(new DirectoryUser(Uid(at), FormattableString.Invariant($"u{at}@contoso.com")), people[at].Current);
            if (people[at].State == SmsSignInState.NotAllowedByPolicy) Tenant.OutOfScope.Add(Uid(at));
        }

        Settings = TestPipeline.Settings() with { Limits = Population.Off };
        Ports = TestPipeline.Ports(new ModelSession(world, Tenant), Store, new MemoryLeases(), world.Time);
        _pipeline = new RunPipeline(Ports, Settings, new ModelWriter(Tenant));
    }

    public ModelTenant Tenant { get; }

    public MemoryRunStore Store { get; } = new();

    public PipelineSettings Settings { get; }

    public PipelinePorts Ports { get; }

    public static string Uid(int at) => FormattableString.Invariant($"id-{at:D4}");

    public CurrentMethods Now(int at) => Tenant[Uid(at)].Now;

    public bool SignsIn(int at) => Now(at) is { Mobile.IsEmpty: false, SmsSignIn: SmsSignInState.Ready };

    public bool Has(int at, int? number) => Now(at).Mobile == Slot(number);

    public Task<Applied> ApplyAsync(RunBounds? bounds = null) => RunAsync(ModelRows.Work(_people.Select((p, at) => p.Row(at))), bounds);

    public async Task<Applied> RunAsync(RunWork work, RunBounds? bounds = null)
    {
        RunResult result = await _pipeline.RunAsync(new RunRequest { Work = work, Actor = "kim@host", Bounds = bounds ?? new RunBounds(null, null) },
            GivenConsent.Instance, default);
        RunHeader run = ((RunResult.Ended)result).Run;
        ImmutableDictionary<string, RunUser>.Builder users = ImmutableDictionary.CreateBuilder<string, RunUser>(StringComparer.Ordinal);
        await foreach (RunUser user in Store.UsersAsync(run.RunId, default)) users[user.Planned.User!.Uid] = user;
        return new Applied(run, users.ToImmutable());
    }
}

/// <summary>A run that ended.</summary>
internal sealed record Applied(RunHeader Run, ImmutableDictionary<string, RunUser> Users)
{
    public bool Succeeded => Run.Outcome == RunOutcome.Succeeded;

    public RunUser? this[int at] => Users.GetValueOrDefault(MoveBench.Uid(at));

    /// <summary>Whether the report says that a person is as the source wants them.</summary>
    public bool IsDone(int at) => this[at] is not { } user || (user.Planned.Plan.Held.IsEmpty && user.Result is { Outcome: UserOutcome.Done });
}
