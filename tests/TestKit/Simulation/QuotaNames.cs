using ProvisioningConnector.TestKit.Pacing;

namespace ProvisioningConnector.TestKit.Simulation;

/// <summary>Real quotas by name, beside a configuration that believes in 350 reads (burst 3,500) and 20 writes (burst 3,000) a second.</summary>
public static class QuotaNames
{
    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = ["known", "half", "tenth", "writes-5-per-10s",
        "writes-5-per-sliding-10s", "5-per-10s", "falls", "rises", "windows", "shared"];

    /// <summary>The quotas of reads and of writes.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    public static (Func<IModelQuota> Reads, Func<IModelQuota> Writes) Parse(string name) => name switch
    {
        "known" => (() => Reads(1), () => Writes(1)),
        "half" => (() => Reads(0.5), () => Writes(0.5)),
        "tenth" => (() => Reads(0.1), () => Writes(0.1)),
        "writes-5-per-10s" => (() => Reads(1), () => new BucketQuota(0.5, 5)),
        "5-per-10s" => (() => new BucketQuota(0.5, 5), () => new BucketQuota(0.5, 5)),
        "falls" => (() => Reads(1), () => new BucketQuota(20, 3000, 0.5, new QuotaChange(200, 0.1))),
        "rises" => (() => Reads(1), () => new BucketQuota(2, 300, 0.5, new QuotaChange(1500, 10))),
        "writes-5-per-sliding-10s" => (() => Reads(1), () => new WindowQuota(5, 10, sliding: true)),
        "windows" => (() => new WindowQuota(3500, 10, sliding: false), () => new WindowQuota(300, 150, sliding: false)),
        "shared" => (() => Reads(1), () => new SharedQuota(Writes(1), 10)),
        _ => throw new ArgumentException($"There is no quota '{name}'; there are {string.Join(", ", All)}.", nameof(name)),
    };

    private static BucketQuota Reads(double share) => new(350 * share, 3500 * share);

    private static BucketQuota Writes(double share) => new(20 * share, 3000 * share);
}
