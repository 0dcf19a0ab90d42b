using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>What a source wants of a user, full values. Null is unmanaged, <c>none</c> is explicitly empty (design 6).</summary>
public sealed record DesiredEntry
{
    /// <summary>The word for an explicit empty value.</summary>
    public const string None = "none";

    public string? Mobile { get; init; }

    public string? AlternateMobile { get; init; }

    public string? Office { get; init; }

    public string? Email { get; init; }

    public ImmutableArray<RemovalEntry> Remove { get; init => field = value.IsDefault ? [] : value; } = [];

    public bool? SmsSignIn { get; init; }

    public PreferredMethod? Preferred { get; init; }
}

/// <summary>Methods of one kind to remove; all of them when <paramref name="Ids"/> is empty.</summary>
public sealed record RemovalEntry(MethodKind Kind, ImmutableArray<string> Ids);
