using System.Collections.Immutable;

namespace ProvisioningConnector.Icf.Objects;

/// <summary>How an operation is to be done.</summary>
public sealed record OperationOptions
{
    public static OperationOptions Default { get; } = new();

    /// <summary>Names of attributes to hand out; null: those returned by default. Methods are read only when an attribute needs them.</summary>
    public ImmutableArray<string>? AttributesToGet { get; init; }

    /// <summary>Objects a page; null: everything in one go.</summary>
    public int? PageSize { get; init; }

    /// <summary>Where the page before ended (<see cref="SearchResult.PagedResultsCookie"/>).</summary>
    public string? PagedResultsCookie { get; init; }

    /// <summary>How many matching objects to leave out at the beginning; not together with a cookie.</summary>
    public int PagedResultsOffset { get; init; }

    /// <summary>At most one key: <c>userPrincipalName</c> (or <c>__NAME__</c>) or <c>displayName</c>, which is what the directory orders.</summary>
    public ImmutableArray<SortKey> SortKeys { get; init; } = [];

    /// <summary>Whether numbers and addresses are shown in full.</summary>
    public bool Full { get; init; }
}

/// <summary>By what to sort.</summary>
public readonly record struct SortKey(string Field, bool Ascending);

/// <summary>How a search ended.</summary>
/// <param name="PagedResultsCookie">For the next page; null at the end.</param>
/// <param name="RemainingPagedResults">Always -1: no one counts.</param>
public sealed record SearchResult(string? PagedResultsCookie, int RemainingPagedResults = -1);
