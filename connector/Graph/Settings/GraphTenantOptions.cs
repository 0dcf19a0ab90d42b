using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Graph.Settings;

/// <summary>How one tenant is reached (docs/configuration.md#tenants). The credential is separate.</summary>
public sealed record GraphTenantOptions
{
    /// <summary>Fixes Graph root, scope and login authority.</summary>
    public GraphCloud Cloud { get; init; }

    /// <summary>The tenant's id (GUID). A JWT whose <c>tid</c> is another one stops everything; null: not checked.</summary>
    public string? TenantId { get; init; }

    /// <summary>Scheme, host and port that requests go to instead of the cloud's Graph root; it only routes. Null: the cloud's root.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>How long one request may take, its answer included. Above the service's own
    /// limit of 60 s (docs/graph.md#behaviour-of-reads), so that after it nothing can land.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(70);

    /// <summary>How long a password reset is followed; what has not ended by then is unknown.</summary>
    public TimeSpan ResetTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether users are read in <c>$batch</c> of 20; false: one request per user.</summary>
    public bool UseBatch { get; init; } = true;

    /// <summary>Sends <c>x-ms-throttle-priority: low</c>, so that bulk work gives way to people (docs/graph.md#throttling).</summary>
    public bool LowPriority { get; init; } = true;

    /// <summary>How often a read is sent at most when the service or the connection fails; 1 to 10. A 429 does not count.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>How many pages one listing may have before it is taken for endless.</summary>
    public int MaxPages { get; init; } = 100_000;

    /// <summary>The largest answer that is read, in bytes after decompression.</summary>
    public int MaxAnswerBytes { get; init; } = 64 << 20;

    /// <summary>Where requests go.</summary>
    public Uri Target => Endpoint ?? Cloud.Root();

    /// <summary>What is wrong with these settings; empty when they can be used.</summary>
    public IEnumerable<SettingProblem> Problems()
    {
        if (Endpoint is { } endpoint)
        {
            foreach (string problem in EndpointRules.Problems(endpoint)) yield return new(nameof(Endpoint), problem);
        }

        if (RequestTimeout <= TimeSpan.Zero || RequestTimeout > TimeSpan.FromHours(1))
            yield return new(nameof(RequestTimeout), $"RequestTimeout is {RequestTimeout}; it must be above 0 and at most one hour.");
        if (ResetTimeout <= TimeSpan.Zero || ResetTimeout > TimeSpan.FromHours(1))
            yield return new(nameof(ResetTimeout), $"ResetTimeout is {ResetTimeout}; it must be above 0 and at most one hour.");
        if (ConnectTimeout <= TimeSpan.Zero) yield return new(nameof(ConnectTimeout), $"ConnectTimeout is {ConnectTimeout}; it must be above 0.");
        if (Tries is < 1 or > 10) yield return new(nameof(Tries), $"Tries is {Tries}; it must be 1 to 10.");
        if (MaxPages < 1) yield return new(nameof(MaxPages), $"MaxPages is {MaxPages}; it must be at least 1.");
        if (MaxAnswerBytes < 1024) yield return new(nameof(MaxAnswerBytes), $"MaxAnswerBytes is {MaxAnswerBytes}; it must be at least 1024.");
    }
}
