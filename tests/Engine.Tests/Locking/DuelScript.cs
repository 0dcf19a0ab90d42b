using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.Engine.Tests.Locking;

/// <summary>What goes wrong in a duel, all of it decided by the seed.</summary>
internal sealed class DuelScript(Duel duel)
{
    private readonly Random _chance = duel.World.Chance("script");

    /// <summary>Whether the second goes on with the first one's run, or makes one of its own.</summary>
    public bool SameRun { get; private set; }

    public bool Killed => duel.A.Process.IsDead;

    public async Task PlayAsync()
    {
        SameRun = _chance.Next(2) == 0;
        if (_chance.Next(2) == 0) duel.B.Knows = duel.A;
        duel.A.Tenant.Queue = _ => TimeSpan.FromSeconds(_chance.Next(40));
        duel.B.Tenant.Queue = _ => TimeSpan.FromSeconds(_chance.Next(10));
        duel.Tenant.Faults = (_, _) => _chance.Next(12) switch
        {
            0 => WriteFault.LateAfterBroken,
            1 => WriteFault.AppliedThenSilence,
            2 => WriteFault.LostBroken,
            3 => WriteFault.LateInSilence,
            _ => WriteFault.None,
        };
        int pausedWrite = _chance.Next(20);
        duel.A.Tenant.AfterCheck = n => { if (n == pausedWrite) duel.A.Process.Freeze(); };

        Task first = duel.A.GoAsync("run-1");
        Task incidents = Task.WhenAll(Enumerable.Range(0, 1 + _chance.Next(4)).Select(_ => IncidentAsync()));
        await duel.World.Delay(Some(300));
        Task second = duel.B.GoAsync(SameRun ? "run-1" : "run-2");
        await Task.WhenAll(second, incidents);
        await duel.World.Delay(TimeSpan.FromMinutes(_chance.Next(10)));
        duel.A.Process.Thaw();
        if (!Killed) await first;
        await duel.World.Delay(TimeSpan.FromMinutes(5));
    }

    private async Task IncidentAsync()
    {
        await duel.World.Delay(Some(240));
        switch (_chance.Next(9))
        {
            case 0 or 1:
                duel.A.Process.Freeze();
                await duel.World.Delay(Some(600));
                duel.A.Process.Thaw();
                break;
            case 2 when duel.A.Ended is null:
                duel.A.Process.Kill();
                break;
            case 3:
                duel.A.Process.ClockError += Some(20_000) - Some(20_000);
                break;
            case 4:
                duel.B.Process.ClockError += Some(20_000) - Some(20_000);
                break;
            case 5:
                duel.A.Process.StoreIsDown = true;
                await duel.World.Delay(Some(200));
                duel.A.Process.StoreIsDown = false;
                break;
            case 8:
                duel.DeclaredDead.Add(duel.A.Process.Name);
                break;
            case 6:
                duel.B.Process.Freeze();
                await duel.World.Delay(Some(200));
                duel.B.Process.Thaw();
                break;
        }
    }

    private TimeSpan Some(int mostSeconds) => TimeSpan.FromSeconds(_chance.NextDouble() * mostSeconds);
}
