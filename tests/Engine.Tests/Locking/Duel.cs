using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Runs;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>Two processes want to write to one tenant. Every user gets a mobile and an office number.</summary>
internal sealed class Duel : Arena
{
    public const int Users = 6;

    public Duel(VirtualWorld world)
        : base(world, new ModelTenant(world))
    {
        for (int n = 0; n < Users; n++) Tenant.Add(new($"id-{n}", $"u{n}@contoso.com"), CurrentMethods.Nothing);
        (A, B) = (new Contender(this, "A"), new Contender(this, "B") { OnlyGoesOnWith = "run-1" });
    }

    public Contender A { get; }

    public Contender B { get; }

    public override Task<Planned> PlanAsync() =>
        Planned.MakeAsync(Tenant, Enumerable.Range(0, Users).Select(n => Planned.Row(n, $"id-{n}", Desired(n))),
            new PlanSettings { Limits = Population.Off }, World);

    public bool IsDone(int n) => Tenant[$"id-{n}"].Now is var now && now.Mobile.Holds(Phone(n)) && now.Office.Holds(Phone(n + 100));

    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await World.Delay(TimeSpan.FromMilliseconds(100));
    }

    private static DesiredMethods Desired(int n) => new() { Mobile = Managed.Value(Phone(n)), Office = Managed.Value(Phone(n + 100)) };
}
