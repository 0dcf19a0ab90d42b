using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>What was allowed for one run with <c>--allow</c> (docs/safety.md#limits); null where nothing was.</summary>
public sealed record AllowancesEntry
{
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

    /// <summary>Users whose protection is lifted, in ordinal order.</summary>
    public ImmutableArray<string> Protected { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Addition: users whose name moved and who are meant, in ordinal order; null for none, as in plans of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? IdentityChanged { get; init; }

    public static AllowancesEntry From(Allowances allowances)
    {
        ArgumentNullException.ThrowIfNull(allowances);
        return new()
        {
            Deletes = allowances.Deletes,
            Updates = allowances.Updates,
            Adds = allowances.Adds,
            LastPhone = allowances.LastPhone,
            ReadErrors = allowances.ReadErrors,
            SharedNumber = allowances.SharedNumber,
            SourceShrink = allowances.SourceShrink,
            SourceOlder = allowances.SourceOlder,
            Protected = [.. allowances.ProtectedUsers.Order(StringComparer.Ordinal)],
            IdentityChanged = allowances.MovedNames.IsEmpty ? null : [.. allowances.MovedNames.Order(StringComparer.Ordinal)],
        };
    }

    public Allowances ToAllowances() => new()
    {
        Deletes = Deletes,
        Updates = Updates,
        Adds = Adds,
        LastPhone = LastPhone,
        ReadErrors = ReadErrors,
        SharedNumber = SharedNumber,
        SourceShrink = SourceShrink,
        SourceOlder = SourceOlder,
        ProtectedUsers = Allowances.None.ProtectedUsers.Union(Protected),
        MovedNames = Allowances.None.MovedNames.Union(IdentityChanged ?? []),
    };
}
