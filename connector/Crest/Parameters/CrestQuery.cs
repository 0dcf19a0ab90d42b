using System.Collections.Immutable;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;
using ProvisioningConnector.Crest.Paging;
using ProvisioningConnector.Crest.Requests;

namespace ProvisioningConnector.Crest.Parameters;

/// <summary>The query string of a request, typed. Whether each parameter may be sent with a request is the matter of <see cref="ParameterRules"/>.</summary>
public sealed record CrestQuery
{
    /// <summary>No parameter at all.</summary>
    public static CrestQuery Empty { get; } = new();

    /// <summary>What a query asks for; null when the request is no query.</summary>
    public QuerySelector? Selector { get; init; }

    /// <summary><c>_fields</c>.</summary>
    public FieldSelection Fields { get; init; } = FieldSelection.Default;

    /// <summary><c>_pageSize</c>, <c>_pagedResultsCookie</c>, <c>_pagedResultsOffset</c>.</summary>
    public PageRequest Page { get; init; } = PageRequest.Everything;

    /// <summary><c>_sortKeys</c>, first key first.</summary>
    public ImmutableArray<SortKey> SortKeys { get; init; } = [];

    /// <summary><c>_totalPagedResultsPolicy</c>.</summary>
    public CountPolicy CountPolicy { get; init; }

    /// <summary><c>_prettyPrint</c>: indent the answer.</summary>
    public bool PrettyPrint { get; init; }

    /// <summary><c>_mimeType</c>: answer with the raw value of the one field of <see cref="Fields"/>, as this content type; null for JSON. It concerns GET only; with writes it is accepted and means nothing.</summary>
    public string? MimeType { get; init; }

    /// <summary><c>_action</c>; null when not sent.</summary>
    public string? Action { get; init; }

    /// <summary><c>_dryRun</c>; null when not sent.</summary>
    public bool? DryRun { get; init; }

    /// <summary>The reserved parameters that were sent.</summary>
    public ImmutableArray<ReservedParameter> Sent { get; init; } = [];

    /// <summary>All other parameters, as sent.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Additional { get; init; } = [];

    /// <summary>Whether a reserved parameter was sent.</summary>
    public bool Has(ReservedParameter parameter) => Sent.Contains(parameter);

    /// <summary>The value of an additional parameter of an action, its name matched exactly; null when not sent, 400 when sent twice.</summary>
    public Parsed<string?> ValueOf(string name)
    {
        string? found = null;
        foreach ((string key, string value) in Additional)
        {
            if (!key.Equals(name, StringComparison.Ordinal)) continue;
            if (found is not null) return ParameterReader.Multiple(name);
            found = value;
        }

        return found;
    }
}
