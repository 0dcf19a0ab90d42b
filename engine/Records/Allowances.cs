using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Records;

/// <summary>What was allowed for one run and no larger number: <c>--allow KEY=N</c> (docs/safety.md#limits).</summary>
public sealed record Allowances
{
    public static Allowances None { get; } = new();

    public long? Deletes { get; init; }

    public long? Updates { get; init; }

    public long? Adds { get; init; }

    public long? LastPhone { get; init; }

    public long? ReadErrors { get; init; }

    public long? SharedNumber { get; init; }

    /// <summary>Percent that the source may have shrunk by.</summary>
    public decimal? SourceShrink { get; init; }

    /// <summary>Whether the source may be older than the last accepted one.</summary>
    public bool SourceOlder { get; init; }

    /// <summary>Users (as written in the source, principal names or object ids) whose protection, also as privileged users, is lifted.</summary>
    public ImmutableHashSet<string> ProtectedUsers { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);
}
