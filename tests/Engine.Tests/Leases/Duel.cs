using ProvisioningConnector.Engine.Leases;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Engine.Tests.Reconciliation;
using ProvisioningConnector.TestKit;
using ProvisioningConnector.TestKit.Leases;
using ProvisioningConnector.TestKit.Stores;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Leases;

/// <summary>A tenant and a store that two processes share. Every user gets a mobile and an office number.</summary>
internal sealed class Duel
{
    public const int Users = 6;
    public const string TenantId = "tenant-1";

    public Duel(VirtualWorld world)
    {
        World = world;
        Tenant = new ModelTenant(world);
        Store = new MemoryRunStore();
        Leases = new MemoryLeases
        {
            MayBeOnTheWay = (uid, besides) => Epochs.Keys.Any(run => run != besides && Open(run, uid)),
            Taken = lease => Epochs[lease.Holder.RunId] = lease.Epoch,
        };
        for (int n = 0; n < Users; n++) Tenant.Add(new($"id-{n}", $"u{n}@contoso.com"), CurrentMethods.Nothing);
        (A, B) = (new Contender(this, "A"), new Contender(this, "B"));
    }

    public static LeaseTerms Terms { get; } = new(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(70));

    public VirtualWorld World { get; }

    public ModelTenant Tenant { get; }

    public MemoryRunStore Store { get; }

    public MemoryLeases Leases { get; }

    public Dictionary<string, long> Epochs { get; } = new(StringComparer.Ordinal);

    public List<CheckedWrite> Log { get; } = [];

    public Contender A { get; }

    public Contender B { get; }

    public Task<Planned> PlanAsync() => Planned.MakeAsync(Tenant, Enumerable.Range(0, Users).Select(n => Planned.Row(n, $"id-{n}", Wish(n))), new PlanSettings { Limits = Population.Off }, World);

    public bool IsDone(int n) => Tenant[$"id-{n}"].Now is var now && now.Mobile.Holds(Phone(n)) && now.Office.Holds(Phone(n + 100));

    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition()) await World.Delay(TimeSpan.FromMilliseconds(100));
    }

    private static DesiredMethods Wish(int n) => new() { Mobile = Wanted.Of(Phone(n)), Office = Wanted.Of(Phone(n + 100)) };

    private bool Open(string run, string uid) => Store.OpenIntentsAsync(run, uid, default).AsTask().Result is { IsEmpty: false };
}
