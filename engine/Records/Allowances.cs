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

    /// <summary>Users, named likewise, whose name belongs to another account than before and who are meant all the same.</summary>
    public ImmutableHashSet<string> MovedNames { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether nothing but users is allowed, so that it serves a change of one user too.</summary>
    public bool IsOfUsers => this with { ProtectedUsers = None.ProtectedUsers, MovedNames = None.MovedNames } == None;

    /// <summary>Whether a name that moved is meant: by its own allowance, or because the user was named for more.</summary>
    /// <param name="names">What the user is called: object id, principal name, as the source or the caller writes it.</param>
    public bool AllowsMoved(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (MovedNames.Contains(name) || ProtectedUsers.Contains(name)) return true;
        }

        return false;
    }
}
