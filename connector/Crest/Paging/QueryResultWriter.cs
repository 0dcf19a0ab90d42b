using System.Text.Json;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Json;

namespace ProvisioningConnector.Crest.Paging;

/// <summary>
/// Writes the envelope of a query item by item, in the order that clients know (
/// docs/openidm.md#queries): <c>result</c>, <c>resultCount</c>, <c>pagedResultsCookie</c>,
/// <c>totalPagedResultsPolicy</c>, <c>totalPagedResults</c>, <c>remainingPagedResults</c>. If
/// the source fails when items are out already, the status stays 200 and
/// the envelope ends with <c>error</c> instead. Flush the writer whenever
/// <see cref="Utf8JsonWriter.BytesPending"/> says that enough has gathered: memory stays flat.
/// </summary>
public sealed class QueryResultWriter
{
    private readonly Utf8JsonWriter _json;
    private readonly Projection _projection;
    private bool _ended;

    /// <summary>Begins the envelope. If the very first item cannot be had, begin none and answer with the error and its status.</summary>
    public QueryResultWriter(Utf8JsonWriter json, Projection projection)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(projection);
        (_json, _projection) = (json, projection);
        _json.WriteStartObject();
        _json.WriteStartArray("result");
    }

    /// <summary>How many items are written.</summary>
    public int Count { get; private set; }

    /// <summary>Writes one item, with the fields asked for.</summary>
    public void Add(JsonElement item)
    {
        _projection.Write(_json, item);
        Count++;
    }

    /// <summary>Writes one item of <c>query-all-ids</c>: <c>_id</c>, and <c>_rev</c> when there is one.</summary>
    public void AddId(string id, string? revision)
    {
        _json.WriteStartObject();
        _json.WriteString("_id", id);
        if (revision is not null) _json.WriteString("_rev", revision);
        _json.WriteEndObject();
        Count++;
    }

    /// <summary>Ends the envelope.</summary>
    public void End(ResultPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        EndItems();
        _json.WriteString("pagedResultsCookie", page.Cookie);
        _json.WriteString("totalPagedResultsPolicy", Word(page.Total?.Policy ?? CountPolicy.None));
        _json.WriteNumber("totalPagedResults", page.Total?.Count ?? -1);
        _json.WriteNumber("remainingPagedResults", page.Remaining);
        _json.WriteEndObject();
    }

    /// <summary>Ends the envelope after the source failed.</summary>
    public void Fail(CrestError error)
    {
        EndItems();
        _json.WritePropertyName("error");
        ErrorJson.Write(_json, error);
        _json.WriteEndObject();
    }

    /// <summary>The whole answer to <c>_countOnly</c>.</summary>
    public static void WriteCount(Utf8JsonWriter json, long count)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteNumber("resultCount", count);
        json.WriteEndObject();
    }

    private void EndItems()
    {
        if (_ended) throw new InvalidOperationException("The envelope has ended already.");
        _ended = true;
        _json.WriteEndArray();
        _json.WriteNumber("resultCount", Count);
    }

    private static string Word(CountPolicy policy) => policy switch
    {
        CountPolicy.None => "NONE",
        CountPolicy.Estimate => "ESTIMATE",
        CountPolicy.Exact => "EXACT",
    };
}
