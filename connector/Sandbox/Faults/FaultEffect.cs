using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Faults;

/// <summary>What happens instead of, or beside, the right answer. Several may be given together.</summary>
public sealed record FaultEffect
{
    /// <summary>Nothing is done; this is answered.</summary>
    public FaultAnswer? Answer { get; init; }

    /// <summary>The request is done, and this is answered all the same.</summary>
    public FaultAnswer? CommitAnd { get; init; }

    /// <summary>The connection breaks (an item of a batch: its answer is missing) before or after the request was done.</summary>
    public FaultMoment? Drop { get; init; }

    /// <summary>No answer ever comes; the request was not (<c>before</c>) or was (<c>after</c>) done.</summary>
    public FaultMoment? Hang { get; init; }

    /// <summary>Milliseconds until the request is done; it is done even if the client has gone.</summary>
    public double? DelayBefore { get; init; }

    /// <summary>Milliseconds from doing to answering.</summary>
    public double? DelayAfter { get; init; }

    /// <summary>After this write, reads of the user show the older state for a time or a number of reads.</summary>
    public ReadLagSettings? Lag { get; init; }

    /// <summary>Someone else acts in between.</summary>
    public ImmutableArray<FaultChange> Change { get; init; } = [];

    /// <summary>Numbers in this answer come masked.</summary>
    public NumberMasking? Mask { get; init; }

    internal string? Complaint()
    {
        if (Answer is not null && CommitAnd is not null) return "has both answer and commitAnd; choose one.";
        if (DelayBefore is < 0 || DelayAfter is < 0) return "has a negative delay.";
        foreach (FaultAnswer? answer in new[] { Answer, CommitAnd })
            if (answer is { Status: < 100 or > 599 }) return $"answers the status {answer.Status}, which is none.";
        foreach (FaultChange change in Change)
            if (change.Complaint() is { } complaint) return complaint;
        return null;
    }
}

/// <summary>Before or after the request was done.</summary>
public enum FaultMoment { Before, After }

/// <summary>An answer of the plan's making. Without a <see cref="Body"/>, Graph's envelope with code and message; with <see cref="Empty"/>, nothing.</summary>
public sealed record FaultAnswer
{
    public required int Status { get; init; }
    public string? Code { get; init; }
    public string? Message { get; init; }
    public JsonElement? Body { get; init; }
    /// <summary>Sent as it stands, for bodies that are not JSON.</summary>
    public string? Text { get; init; }
    public bool Empty { get; init; }
    public ImmutableSortedDictionary<string, string> Headers { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
