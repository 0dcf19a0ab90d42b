using System.Text.Json;
using ProvisioningConnector.Sandbox.Http;
using ProvisioningConnector.Sandbox.Model;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Serving;

/// <summary>One item as it was sent.</summary>
/// <param name="DependsOn">Place of the item it waits for; null: none.</param>
internal sealed record BatchRequestItem(string Id, string Method, string Url, ReadOnlyMemory<byte> Body, CallHeaders Headers, int? DependsOn)
{
    /// <summary>The call that the item stands for, in the version of the batch's own URL.</summary>
    public Call Call(Call outer, HashSet<SandboxUser>? batchWrites)
    {
        (string? path, string? query) = Incoming.Split(Url);
        return new Call
        {
            Method = Method,
            Beta = outer.Beta,
            Segments = RequestPath.Segments(path),
            Query = query.Length == 0 ? Query.Empty : new Query(query),
            Target = "/" + outer.Version + (Url.StartsWith('/') ? Url : "/" + Url),
            Headers = Headers,
            Body = Body,
            Origin = outer.Origin,
            Delegated = outer.Delegated,
            BatchItem = Id,
            BatchWrites = batchWrites,
        };
    }

    /// <summary>Reads the items; the text says what is wrong with the batch.</summary>
    public static string? ReadAll(JsonElement root, BatchSettings settings, List<BatchRequestItem> into)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("requests", out JsonElement requests) || requests.ValueKind != JsonValueKind.Array
            || requests.GetArrayLength() == 0) return "Invalid batch payload format.";
        if (requests.GetArrayLength() > 20) return "Number of batch request steps exceeds the maximum value of 20.";
        Dictionary<string, int> places = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement request in requests.EnumerateArray())
        {
            if (Read(request, places, out BatchRequestItem? item) is { } complaint) return complaint;
            if (item is null || !places.TryAdd(item.Id, into.Count)) return $"Request Id {item?.Id} has to be unique in a batch.";
            into.Add(item);
        }
        return Shape(into, settings) ? null : "Batch should be either fully sequential or fully parallel.";
    }

    private static string? Read(JsonElement request, Dictionary<string, int> places, out BatchRequestItem? item)
    {
        item = null;
        if (request.ValueKind != JsonValueKind.Object || Text(request, "id") is not { Length: > 0 } id
            || Text(request, "method") is not { } method || Text(request, "url") is not { Length: > 0 } url) return "Invalid batch payload format.";
        if (url.Contains("://", StringComparison.Ordinal)) return $"Request Id {id}: the url must be relative to the version of the batch.";
        method = method.ToUpperInvariant();
        string? clientId = null, consistency = null, contentType = null, prefer = null;
        if (request.TryGetProperty("headers", out JsonElement headers) && headers.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty header in headers.EnumerateObject())
                switch (header.Name.ToLowerInvariant())
                {
                    case "client-request-id": clientId = header.Value.Readable(); break;
                    case "consistencylevel": consistency = header.Value.Readable(); break;
                    case "content-type": contentType = header.Value.Readable(); break;
                    case "prefer": prefer = header.Value.Readable(); break;
                }
        bool hasBody = request.TryGetProperty("body", out JsonElement body) && body.ValueKind != JsonValueKind.Null;
        if (method is "POST" or "PATCH" or "PUT" ? !hasBody || contentType is null : hasBody && contentType is null)
            return $"Write request id : {id} does not contain Content-Type header or body.";
        int? depends = null;
        if (request.TryGetProperty("dependsOn", out JsonElement on) && on.ValueKind == JsonValueKind.Array && on.GetArrayLength() > 0)
        {
            if (on.GetArrayLength() > 1) return "Batch should be either fully sequential or fully parallel.";
            if (!places.TryGetValue(on[0].Readable() ?? "", out int place)) return $"Invalid dependency for request Id {id}.";
            depends = place;
        }
        item = new BatchRequestItem(id, method, url, hasBody ? System.Text.Encoding.UTF8.GetBytes(body.GetRawText()) : default,
            new CallHeaders(clientId, consistency, contentType, prefer), depends);
        return null;
    }

    // No one waits; or each waits for the one before; or (older text) all wait for one.
    private static bool Shape(List<BatchRequestItem> items, BatchSettings settings)
    {
        if (items.TrueForAll(i => i.DependsOn is null)) return true;
        if (items.Select((item, place) => place == 0 ? item.DependsOn is null : item.DependsOn == place - 1).All(right => right)) return true;
        int? root = items[^1].DependsOn;
        return settings.SameDependency == Tolerance.Accept && root is not null
            && items.Select((item, place) => place == root ? item.DependsOn is null : item.DependsOn == root).All(right => right);
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.Readable() : null;
}
