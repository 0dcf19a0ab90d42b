using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Tests.Locking;
using ProvisioningConnector.TestKit.Tenant;
using static ProvisioningConnector.Engine.Tests.Execution.Numbered;

namespace ProvisioningConnector.Engine.Tests.Simulation;

/// <summary>What goes wrong in a saga, all of it decided by the seed.</summary>
/// <param name="saga">In which it goes wrong.</param>
/// <param name="reported">What happened, in words, for the message of a failing check.</param>
internal sealed class SagaScript(Saga saga, List<string> reported)
{
    private static readonly WriteFault[] Kinds = Enum.GetValues<WriteFault>();
    private readonly Random _chance = saga.World.Chance("script");
    private readonly Dictionary<(string, int), WriteFault> _faults = [];

    public async Task PlayAsync()
    {
        double faulty = Pick(0, 0.05, 0.3);
        saga.Tenant.Faults = (uid, n) => _faults.TryGetValue((uid, n), out WriteFault known) ? known : _faults[(uid, n)] = _chance.NextDouble() < faulty
            ? Pick(Kinds) : WriteFault.None;
        saga.Tenant.Reading = new() { Lag = TimeSpan.FromSeconds(Pick(0, 0, 4, 8)), FailingAfterSend = Pick(0, 0, 1, 2), FailingFirst = Pick(0, 0, 0, 1) };
        Task outsiders = _chance.Next(3) == 0 ? OutsiderAsync() : Task.CompletedTask;
        List<Task> going = [];
        Contender? last = null;
        for (int incidents = _chance.Next(4); incidents > 0; incidents--)
        {
            (last, Task work) = Start(last, CancellationToken.None);
            await Task.WhenAny(work, saga.World.Delay(Some(Pick(1, 5, 120))));
            await IncidentAsync(last, work, going);
        }

        await EndAsync(last, going);
        await outsiders;
    }

    /// <summary>Everything that stood still goes on; then the run is resumed until it has ended.</summary>
    private async Task EndAsync(Contender? last, List<Task> going)
    {
        await saga.World.Delay(Some(Pick(1, 600)));
        foreach (Contender process in saga.Processes)
        {
            process.Process.StoreIsDown = false;
            process.Tenant.AfterCheck = _ => { };
            process.Process.Thaw();
        }

        for (int tries = 0; tries < 4; tries++)
        {
            (last, Task work) = Start(last, CancellationToken.None);
            await work;
            if ((await saga.Store.FindRunAsync(Saga.RunId, default)) is { IsUnfinished: false }) break;
        }

        await Task.WhenAll(going);
        await saga.World.Delay(TimeSpan.FromMinutes(5));
    }

    private async Task IncidentAsync(Contender process, Task work, List<Task> going)
    {
        switch (_chance.Next(10))
        {
            case 0:
                Log($"{process.Process.Name} is killed");
                process.Process.Kill();
                return;
            case 1:
                int records = _chance.Next(4);
                Log($"power cut of {process.Process.Name}, {records} records torn");
                process.Process.Kill();
                saga.Store.Tear(records);
                return;
            case 2:
                Log($"{process.Process.Name} stands still");
                process.Process.Freeze();
                going.Add(work);
                return;
            case 3:
                Log($"{process.Process.Name} stands still after its next check");
                process.Tenant.AfterCheck = _ => process.Process.Freeze();
                going.Add(work);
                return;
            case 4:
                Log($"the store is down for {process.Process.Name}");
                process.Process.StoreIsDown = true;
                going.Add(work);
                return;
            case 5:
                process.Process.ClockError += Some(20_000) - Some(20_000);
                Log($"the clock of {process.Process.Name} is {process.Process.ClockError} ahead");
                going.Add(work);
                return;
            case 6 or 7 or 8:
                DeclareDead(process, going);
                going.Add(work);
                return;
            default:
                Log($"{process.Process.Name} waits for quota");
                process.Tenant.Queue = _ => Some(40);
                going.Add(work);
                return;
        }
    }

    /// <summary>Its cluster gives up a process that runs, stands still, or stands still between check and send; it wakes at any time.</summary>
    private void DeclareDead(Contender process, List<Task> going)
    {
        saga.DeclaredDead.Add(process.Process.Name);
        int manner = _chance.Next(3);
        string state = manner switch { 0 => "runs", 1 => "stands still", _ => "stands still after its next check" };
        Log($"{process.Process.Name} is declared dead while it {state}");
        if (manner == 1) process.Process.Freeze();
        if (manner == 2) process.Tenant.AfterCheck = _ => process.Process.Freeze();
        going.Add(WakeAsync(process));
    }

    private async Task WakeAsync(Contender process)
    {
        await saga.World.Delay(Some(Pick(3, 30, 120, 400)));
        process.Tenant.AfterCheck = _ => { };
        process.Process.Thaw();
    }

    private async Task OutsiderAsync()
    {
        for (int changes = 1 + _chance.Next(3); changes > 0; changes--)
        {
            await saga.World.Delay(Some(Pick(1, 10, 60)));
            ModelUser user = saga.Tenant.Users.ElementAt(_chance.Next(saga.Tenant.Users.Count));
            saga.Touched.Add(user.Account.Uid);
            Log($"another client changes {user.Account.Uid}");
            if (_chance.Next(6) == 0) user.Exists = false;
            else saga.Tenant.Change(user,
                now => _chance.Next(2) == 0
                    ? now with { Mobile = CurrentSlot.From(Phone(9_000)) }
                    : now with { Office = now.Office.IsEmpty ? CurrentSlot.From(Phone(9_001)) : CurrentSlot.Empty });
        }
    }

    private (Contender Process, Task Work) Start(Contender? before, CancellationToken stop)
    {
        Log("the next process begins");
        Contender next = saga.Start(_chance.Next(2) == 0 ? before : null, 1 + _chance.Next(4));
        return (next, next.GoAsync(Saga.RunId, stop));
    }

    private void Log(string what) => reported.Add($"{saga.World.Elapsed.TotalSeconds:0.00} s: {what}");

    private TimeSpan Some(int mostSeconds) => TimeSpan.FromSeconds(_chance.NextDouble() * mostSeconds);

    private T Pick<T>(params ReadOnlySpan<T> choices) => choices[_chance.Next(choices.Length)];
}
