using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Faults;

/// <summary>A fault plan being played: it knows how often each rule matched and fired. Used under the tenant's lock.</summary>
internal sealed class FaultRun(FaultPlan plan, DateTimeOffset start)
{
    private readonly FaultCounter[] _tallies = [.. plan.Rules.Select(_ => new FaultCounter())];

    public FaultPlan Plan { get; } = plan;

    public FaultEffect? Next(Call call, DateTimeOffset now)
    {
        FaultEffect? effect = null;
        for (int i = 0; i < _tallies.Length; i++)
            if (Plan.Rules[i].Match.Holds(call) && Fires(Plan.Rules[i], _tallies[i], call, now)) effect ??= Plan.Rules[i].Then;
        return effect;
    }

    private bool Fires(FaultRule rule, FaultCounter tally, Call call, DateTimeOffset now)
    {
        Guid who = rule.PerUser && call.Subject is { } user ? user.Id : Guid.Empty;
        FaultRun.Counts counts = tally.CountsOf(who);
        int matched = ++counts.Matched;
        TimeSpan since = now - start;
        if (since < rule.From || since >= rule.Until) return false;
        int first = rule.Nth ?? rule.Every ?? 1;
        if (matched < first || (rule.Every is { } every && (matched - first) % every != 0)) return false;
        if (counts.Fired >= (rule.Count ?? (rule.Nth is not null && rule.Every is null ? 1 : int.MaxValue))) return false;
        if (rule.Share is { } share && !Drawn(rule.Seed, who, matched, share)) return false;
        counts.Fired++;
        return true;
    }

    private static bool Drawn(int seed, Guid who, int matched, double share)
    {
        ulong mixed = DerivedId.Mix((ulong)seed ^ DerivedId.Mix((ulong)matched ^ BitConverter.ToUInt64(who.ToByteArray())));
        return (mixed >> 11) * (1.0 / (1UL << 53)) < share;
    }

    private sealed class FaultCounter
    {
        private readonly Dictionary<Guid, Counts> _byUser = [];

        public Counts CountsOf(Guid who)
        {
            if (!_byUser.TryGetValue(who, out FaultRun.Counts? counts)) _byUser[who] = counts = new Counts();
            return counts;
        }
    }

    private sealed class Counts
    {
        public int Matched { get; set; }
        public int Fired { get; set; }
    }
}
