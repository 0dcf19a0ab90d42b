using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ProvisioningConnector.Engine.Records;

/// <summary>A temporary access pass on its way to one person (docs/retirement.md#rescue). It never holds the pass itself.</summary>
public sealed record HandOver
{
    /// <summary>So long after it began, a request that issues a pass may still arrive.</summary>
    public static TimeSpan MayLand { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Id of this hand-over.</summary>
    public required string Id { get; init; }

    /// <summary>Object id of the person.</summary>
    public required string Uid { get; init; }

    /// <summary>The person as typed, for what is shown. It is not stored.</summary>
    [JsonIgnore]
    public string? User { get; init; }

    /// <summary>Written down before the pass is issued.</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>How long the pass is valid, in minutes.</summary>
    public required int Minutes { get; init; }

    /// <summary>How identity was proved.</summary>
    public required string Proof { get; init; }

    public required string Ticket { get; init; }

    /// <summary>Ids of the passes that were there before.</summary>
    public ImmutableArray<string> Before { get; init; } = [];

    /// <summary>Id of the pass that was issued; null: not known yet.</summary>
    public string? PassId { get; init; }

    /// <summary>Whether the person has it. What is not proved is taken back.</summary>
    public bool IsProved { get; init; }

    /// <summary>No pass of this hand-over is valid any more from then on.</summary>
    public DateTimeOffset EndsAt => BegunAt + MayLand + TimeSpan.FromMinutes(Minutes);

    /// <summary>Which of a person's passes no one can be proved to have.</summary>
    /// <param name="passes">Ids of the passes that the person has.</param>
    public ImmutableArray<string> Unproved(IEnumerable<string> passes) => IsProved ? []
        : [.. passes.Where(id => PassId is { } issued ? Same(id, issued) : !Before.Contains(id, StringComparer.OrdinalIgnoreCase))];

    /// <summary>Whether a pass is known to be of this hand-over.</summary>
    public bool Is(string pass) => PassId is { } issued && Same(pass, issued);

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A second person agrees that someone with a directory role gets a pass.</summary>
/// <param name="Uid">Object id of the person.</param>
/// <param name="Ticket">The same as of the rescue.</param>
/// <param name="Approver">Who agreed: <c>user@host</c>.</param>
/// <param name="Until">It counts until then, once.</param>
public sealed record RescueApproval(string Uid, string Ticket, string Approver, DateTimeOffset Until);
