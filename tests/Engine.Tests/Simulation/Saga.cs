using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Engine.Tests.Locking;
using ProvisioningConnector.Engine.Tests.Runs;
using ProvisioningConnector.TestKit.Leases;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Simulation;

/// <summary>One run and all processes that ever work on it, over a random population with a random policy.</summary>
internal sealed class Saga : Arena
{
    public const string RunId = "run-1";
    private const int Users = 5;

    private Saga(Population people)
        : base(people.World, people.Tenant) =>
        People = people;

    public Saga(VirtualWorld world)
        : this(new Population(world, Users))
    {
    }

    public Population People { get; }

    /// <summary>In the order in which they were started.</summary>
    public List<Contender> Processes { get; } = [];

    /// <summary>Users whom another client changed.</summary>
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public override Task<Planned> PlanAsync() => People.PlanAsync();

    public Contender Start(Contender? knows, int usersInFlight)
    {
        Contender next = new(this, $"{(char)('A' + Processes.Count)}") { UsersInFlight = usersInFlight, Knows = knows };
        Processes.Add(next);
        return next;
    }

    public async Task<List<RunUser>> UsersAsync()
    {
        List<RunUser> users = [];
        await foreach (RunUser user in Store.UsersAsync(RunId, default)) users.Add(user);
        return users;
    }

    /// <summary>What left although another process had taken the lease: it was past the check before.</summary>
    public IEnumerable<(CheckedWrite Write, Contender Newer)> Late =>
        from later in Processes
        from earlier in Processes
        where EpochOf(earlier) < EpochOf(later)
        from write in earlier.Writes
        where write.SentAt >= later.TakenAt
        select (write, later);

    private static long? EpochOf(Contender process) => process.Lease?.Record.Epoch;
}
