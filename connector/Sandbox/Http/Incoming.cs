using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using ProvisioningConnector.Sandbox.Settings;

namespace ProvisioningConnector.Sandbox.Http;

/// <summary>Reads an HTTP request into a call.</summary>
internal static class Incoming
{
    /// <summary>What stands first in the path of a request without a version.</summary>
    public const string NoVersion = "(no version)";

    public static Call Read(IHttpRequestFeature request, ReadOnlyMemory<byte> body, SandboxSettings settings)
    {
        IHeaderDictionary headers = request.Headers;
        string target = request.RawTarget;
        (string? path, string? query) = Split(target);
        string[] segments = RequestPath.Segments(path);
        bool beta = segments.Length > 0 && segments[0].Equals("beta", StringComparison.OrdinalIgnoreCase);
        bool known = beta || (segments.Length > 0 && segments[0].Equals("v1.0", StringComparison.OrdinalIgnoreCase));
        return new Call
        {
            Method = request.Method,
            Beta = beta,
            Segments = known ? segments[1..] : [NoVersion, .. segments],
            Query = query.Length == 0 ? Query.Empty : new Query(query),
            Target = target,
            Headers = new CallHeaders(First(headers["client-request-id"]), First(headers["ConsistencyLevel"]),
                First(headers.ContentType), First(headers["Prefer"])),
            Body = body,
            Origin = request.Scheme + "://" + headers.Host,
            Delegated = settings.Permissions.Caller switch
            {
                CallerKind.FromToken => Bearer.IsDelegated(headers.Authorization.ToString()),
                CallerKind.AppOnly => false,
                CallerKind.Delegated => true,
            },
        };
    }

    public static (string Path, string Query) Split(string target)
    {
        // An absolute form (through a proxy) names the host first.
        if (target.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(target, UriKind.Absolute, out Uri? absolute)) target = absolute.PathAndQuery;
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }

    private static string? First(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values[0];
}
