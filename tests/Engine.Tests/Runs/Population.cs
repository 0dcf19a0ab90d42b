using ProvisioningConnector.Engine.Concurrency;
using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Tests.Execution;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Runs;

/// <summary>A tenant with random users and a source with random rows, the same for the same seed.</summary>
internal sealed class Population
{
    private readonly Random _chance;

    public Population(VirtualWorld world, int users)
    {
        World = world;
        _chance = world.Chance("population");
        Policy = new()
        {
            SameNumberInTwoSlots = Pick(SameNumberPolicy.Allow, SameNumberPolicy.Avoid),
            LastMethod = Pick(LastMethodPolicy.Refuse, LastMethodPolicy.Allow),
            AlternateOnly = Pick(AlternateOnlyPolicy.Refuse, AlternateOnlyPolicy.Promote),
            DefaultMethod = Pick(DefaultMethodPolicy.Leave, DefaultMethodPolicy.Switch),
            KeepDefault = _chance.Next(2) == 0,
            AddPhone = Pick(AddPhonePolicy.Always, AddPhonePolicy.NoStronger, AddPhonePolicy.NoMethod),
            Overwrite = Pick(OverwritePolicy.Always, OverwritePolicy.Always, OverwritePolicy.WhenEmpty),
        };
        Tenant = new(world, new ServiceModel
        {
            ReadyOnWrite = _chance.Next(2) == 0, FirstPhoneBecomesDefault = _chance.Next(2) == 0,
            RefusesDoubles = Policy.SameNumberInTwoSlots == SameNumberPolicy.Avoid,
        });
        for (int n = 0; n < users; n++) Tenant.Add(new($"id-{n}", $"u{n}@contoso.com", OnPremisesSynced: n % 4 == 0), Methods(n));
        Rows = [.. Enumerable.Range(0, users + 3).Select(n => Planned.Row(n, $"u{n}@contoso.com", DesiredValues(n)))];
    }

    public VirtualWorld World { get; }

    public ModelTenant Tenant { get; }

    public PlanningPolicy Policy { get; }

    public SourceRow[] Rows { get; }

    public RunSettings Settings { get; init; } = new();

    public Task<Planned> PlanAsync() =>
        Planned.MakeAsync(Tenant, Rows, new PlanSettings { Policy = Policy, Limits = Off, SmallSource = _chance.Next(2) * 1000 }, World);

    /// <summary>Runs a plan to its end; gives the head and the store.</summary>
    public async Task<(RunHeader Head, MemoryRunStore Store)> RunAsync(Planned planned, CancellationToken stop = default)
    {
        MemoryRunStore store = new(World.Time);
        RunHeader run = new() { RunId = "run-1", Plan = planned.Head, StartedAt = World.Time.GetUtcNow() };
        await store.BeginAsync(run, planned.Spool.PlannedAsync(default), default);
        return (await GoOnAsync(run, store, stop), store);
    }

    public async Task<RunHeader> GoOnAsync(RunHeader run, MemoryRunStore store, CancellationToken stop = default)
    {
        using RunExecutor runner = new(store, new UserExecutor(new CoalescedReads(Tenant, concurrency: 3), Tenant, store, World.Time, new()),
            World.Time, Settings, new QuietProgress());
        return await runner.RunAsync(run, TestAuthority.Create(run.RunId), stop, default);
    }

    public static GuardrailLimits Off { get; } = new()
    {
        MaxDeletes = Limit.None, MaxUpdates = Limit.None, MaxAdds = Limit.None, MaxLastPhone = Limit.None, ReadErrors = Limit.None, SharedNumber = int.MaxValue,
    };

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_chance.Next(choices.Length)];

    private CurrentMethods Methods(int n)
    {
        CurrentSlot mobile = Slot(Pick<int?>(null, n, n + 1000));
        AuthenticationMethod[] others = [new(MethodKind.MicrosoftAuthenticator, $"a-{n}"), new(MethodKind.Fido2, $"f-{n}"),
            new(MethodKind.SoftwareOath, $"o-{n}")];
        CurrentMethods methods = CurrentMethods.Nothing with
        {
            Mobile = mobile,
            AlternateMobile = mobile.IsEmpty ? default : Slot(Pick<int?>(null, n + 2000, n + 3000)),
            Office = Slot(Pick<int?>(null, n + 4000)),
            Email = Pick<CurrentEmail?>(null, new CurrentEmail("mail", $"old{n}@contoso.com")),
            Others = [.. others.Where(_ => _chance.Next(3) == 0)],
        };
        bool authenticator = methods.Has(MethodKind.MicrosoftAuthenticator);
        return methods with
        {
            Default = authenticator ? Pick(DefaultMethod.From(PreferredMethod.Push), DefaultMethod.None) : mobile.IsEmpty
            ? DefaultMethod.None : DefaultMethod.From(PreferredMethod.Sms)
        };
    }

    private DesiredMethods DesiredValues(int n) => new()
    {
        Mobile = Pick(default, Managed.None<PhoneNumber>(), Managed.Value(Phone(n)), Managed.Value(Phone(n + 2000)), Managed.Value(Phone(n + 5000))),
        AlternateMobile = Pick(default, Managed.None<PhoneNumber>(), Managed.Value(Phone(n)), Managed.Value(Phone(n + 3000))),
        Office = Pick(default, Managed.None<PhoneNumber>(), Managed.Value(Phone(n + 4000)), Managed.Value(Phone(n + 6000))),
        Email = Pick(default, Managed.None<string>(), Managed.Value($"new{n}@contoso.com"), Managed.Value($"OLD{n}@contoso.com")),
        SmsSignIn = Pick<bool?>(null, null, null, true, false),
        Removals = Pick<Removal[]>([], [], [Removal.AllOf(MethodKind.Fido2)],
            [Removal.AllOf(MethodKind.MicrosoftAuthenticator), new(MethodKind.SoftwareOath, [$"o-{n}"])]) is var r ? [.. r] : [],
    };
}
