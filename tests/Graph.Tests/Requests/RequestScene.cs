using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Graph.Settings;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests.Requests;

/// <summary>Something the product does with a tenant, and what the tenant answers.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Act">Does it.</param>
internal sealed record RequestScene(string Name, Func<Rig, Task> Act)
{
    /// <summary>The answer to a request, by what it asks for and how many came before it (from 1).</summary>
    public Func<Seen, int, HttpResponseMessage> Answer { get; init; } = static (_, _) => StubGraph.Json(200, """{"value":[]}""");

    /// <summary>Changes how the tenant is reached.</summary>
    public Func<GraphTenantOptions, GraphTenantOptions> With { get; init; } = static options => options;

    /// <summary>Whether some of its requests are sent at once.</summary>
    public bool AtOnce { get; init; }

    /// <summary>The operation that is sent; null for reads.</summary>
    public Operation? Operation { get; init; }

    public override string ToString() => Name;

    /// <summary>An answer that is Graph's refusal.</summary>
    public static HttpResponseMessage Refused() => StubGraph.Error(400, "BadRequest", "unsupported");

    /// <summary>Reads a listing to its end, whatever it holds.</summary>
    public static async Task DrainAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (T _ in items)
        {
        }
    }

    /// <summary>A page that has another behind it: the second request gets the last page.</summary>
    public static HttpResponseMessage Paged(Seen seen, string entry = "") => StubGraph.Json(200, seen.Path.Contains("skiptoken", StringComparison.Ordinal)
        ? $$"""{"value":[{{entry}}]}"""
        : $$"""{"value":[{{entry}}],"@odata.nextLink":"https://graph.microsoft.com{{seen.Path.Split('?')[0]}}?$top=5&%24skiptoken=A%2BB/c"}""");
}
