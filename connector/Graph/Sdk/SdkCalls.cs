using Azure.Core;
using Microsoft.Kiota.Abstractions;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Settings;

namespace ProvisioningConnector.Graph.Sdk;

/// <summary>Takes method, address, body and <c>ConsistencyLevel</c> from what the SDK's request builders make. How it is sent is decided by our senders
/// (docs/graph.md#how-the-sdk-is-used).</summary>
internal static class SdkCalls
{
    /// <summary>How the SDK's templates name a user: percent-encoded, so that names of dots would climb to another resource.</summary>
    private const string UserInTemplate = "/users/{user%2Did}";
    private const string UserId = "user%2Did";

    /// <summary>A request about one user, who is named as <see cref="UserUrl"/> does.</summary>
    /// <param name="info">From a builder behind <c>Users[…]</c>.</param>
    /// <param name="user">Object id or user principal name.</param>
    /// <param name="purpose">What for.</param>
    /// <exception cref="InvalidOperationException">The request is about no user.</exception>
    public static GraphCall ToCallFor(this RequestInformation info, string user, Purpose purpose)
    {
        string template = info.UrlTemplate ?? string.Empty;
        if (!template.Contains(UserInTemplate, StringComparison.Ordinal)) throw new InvalidOperationException($"'{template}' names no user.");
        // As a literal: in it nothing is escaped a second time, and UserPath leaves no brace that could begin a parameter.
        info.UrlTemplate = template.Replace(UserInTemplate, "/" + UserUrl.From(user), StringComparison.Ordinal);
        info.PathParameters = info.PathParameters.Where(static parameter => parameter.Key != UserId).ToDictionary();
        return info.ToCall(purpose);
    }

    /// <exception cref="InvalidOperationException">The request names a user by the SDK's template.</exception>
    public static GraphCall ToCall(this RequestInformation info, Purpose purpose)
    {
        if (info.PathParameters.ContainsKey(UserId)) throw new InvalidOperationException($"'{info.UrlTemplate}' names a user; use {nameof(ToCallFor)}.");
        // An address without template is a link of the service, which is asked for as it was written.
        return new GraphCall(RequestMethod.Parse(info.HttpMethod.ToString()), info.UrlTemplate is null ? info.URI : Plain(info.URI), purpose)
        {
            Body = Body(info.Content),
            EventualConsistency = info.Headers.ContainsKey("ConsistencyLevel"),
        };
    }

    // The SDK escapes the '$' of query options. Services that stand in for Graph look for it as the documentation writes it.
    private static Uri Plain(Uri address) => address.Query.Contains("%24", StringComparison.Ordinal)
        ? new Uri(address.GetLeftPart(UriPartial.Path)
            + address.Query.Replace("?%24", "?$", StringComparison.Ordinal).Replace("&%24", "&$", StringComparison.Ordinal))
        : address;

    private static ReadOnlyMemory<byte>? Body(Stream? content)
    {
        if (content is null || content == Stream.Null) return null;
        using MemoryStream copy = new();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
