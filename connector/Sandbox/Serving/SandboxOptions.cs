using ProvisioningConnector.Sandbox.Faults;
using ProvisioningConnector.Sandbox.Seed;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Serving;

/// <summary>What a sandbox is started with. Everything has a default that works.</summary>
public sealed record SandboxOptions
{
    /// <summary>Where to listen, for example <c>http://127.0.0.1:18080</c>; null: a free loopback port. Only loopback is allowed.</summary>
    public string? Urls { get; init; }

    /// <summary>The tenant at the start; null: the embedded seed <c>contoso</c>. Ignored while the file of <see cref="StatePath"/> exists.</summary>
    public SandboxSeed? Seed { get; init; }

    /// <summary>Where the state is kept between runs (mode 600); null: in memory only.</summary>
    public string? StatePath { get; init; }

    /// <summary>Put in place of the seed's or the state's settings.</summary>
    public SandboxSettings? Settings { get; init; }

    public FaultPlan Faults { get; init; } = FaultPlan.None;

    /// <summary>The one Bearer token that is accepted; null: any.</summary>
    public string? Token { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Today's date in the tenant at the start; null: that of <see cref="Time"/>.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Seed of everything that is varied at random (order of batches, latency).</summary>
    public int RandomSeed { get; init; } = 1;

    /// <summary>How many requests the journal remembers; 0: none (counts are kept all the same).</summary>
    public int JournalCapacity { get; init; } = 100_000;

    /// <summary>Whether the journal keeps bodies as they were sent, phone numbers included.</summary>
    public bool JournalBodies { get; init; } = true;
}
