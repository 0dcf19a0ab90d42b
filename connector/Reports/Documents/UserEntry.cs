using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Reports.Documents;

/// <summary>One user of a plan or run (design 8). Values are full or masked, as the head says.</summary>
public sealed record UserEntry
{
    /// <summary>As the source wrote it.</summary>
    public required string User { get; init; }

    /// <summary>Object id; null when the user was not found.</summary>
    public required string? Uid { get; init; }

    public required string? DisplayName { get; init; }

    public required Place Place { get; init; }

    public required Situation Situation { get; init; }

    /// <summary>Keyed digest of the state that the plan was made from; null when it was not read.</summary>
    public required string? Fingerprint { get; init; }

    /// <summary>Usable methods before; null when they were not read.</summary>
    public required int? MethodsBefore { get; init; }

    /// <summary>Usable methods when everything is done; null when they were not read.</summary>
    public required int? MethodsAfter { get; init; }

    /// <summary>Addition: occupied phone slots when everything is done; null when they were not read.</summary>
    public int? PhonesAfter { get; init; }

    /// <summary>Addition: the user has a phone now and will have none.</summary>
    public bool LosesLastPhone { get; init; }

    /// <summary>Addition: the user holds an active directory role.</summary>
    public bool Privileged { get; init; }

    public ImmutableArray<OperationEntry> Operations { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<HeldPart> Held { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<Diagnostic> Diagnostics { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Runs only: null without operations, and while nothing was done.</summary>
    public UserOutcome? Outcome { get; init; }

    /// <summary>Runs only: whether a read after the last write showed everything as reported; null without operations.</summary>
    public bool? Verified { get; init; }

    /// <summary>Runs only, addition: usable methods after the last read; null when that read failed.</summary>
    public int? MethodsNow { get; init; }

    /// <summary>Runs only, addition: usable methods as the run left the user, as read back or worked out from what was done or may have been applied; as before for a user it did not come to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MethodsLeft { get; init; }

    /// <summary>Addition, in full plans only: what is needed to apply the plan; never in a masked document.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RowEntry? Row { get; init; }

    /// <summary>Addition, in full plans only: what the source wants.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DesiredEntry? Desired { get; init; }

    /// <summary>Addition, in full plans only: the tenant's state that the plan was made from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CurrentEntry? Current { get; init; }
}
