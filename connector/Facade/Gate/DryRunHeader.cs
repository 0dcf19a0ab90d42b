using Microsoft.Extensions.Primitives;
using ProvisioningConnector.Crest.Errors;
using ProvisioningConnector.Crest.Parameters;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>Reads <c>X-Dry-Run</c>, for every API of the facade alike.</summary>
internal static class DryRunHeader
{
    /// <summary>Whether a write is a dry run, by its header or its query; 400 for what only looks like one.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parameter">What the query says; null when it says nothing.</param>
    public static Parsed<bool> IsDryRunWrite(this HttpRequest request, bool? parameter) =>
        DryRuns.OfWrite(parameter, request.Headers.Keys, Value(request.Headers));

    /// <summary>The same for a request that writes nothing: only a header that is <c>X-Dry-Run</c> is judged.</summary>
    public static Parsed<bool> IsDryRunRead(this HttpRequest request, bool? parameter) => DryRuns.Read(parameter, Value(request.Headers));

    /// <summary>Null when not sent. Empty lines stay visible between the commas, which the
    /// framework's own joining drops: <c>false</c> sent beside nothing is no clear word.</summary>
    private static string? Value(IHeaderDictionary headers)
    {
        StringValues lines = headers[DryRuns.Header];
        return lines.Count == 0 ? null : string.Join(',', lines.AsEnumerable());
    }
}
