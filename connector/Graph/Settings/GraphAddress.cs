namespace ProvisioningConnector.Graph.Settings;

/// <summary>
/// Where requests go, and which links may be followed: those whose origin is the endpoint's, and those of the cloud's Graph root,
/// which are sent to the endpoint. Everything else is foreign and receives neither request nor token (docs/configuration.md#credentials).
/// </summary>
internal sealed class GraphAddress(GraphTenantOptions options)
{
    private readonly string _target = options.Target.GetLeftPart(UriPartial.Authority);
    private readonly Uri _endpoint = options.Target;
    private readonly Uri _root = options.Cloud.Root();

    public Uri V1(string pathAndQuery) => new($"{_target}/v1.0/{pathAndQuery}");

    public Uri Beta(string pathAndQuery) => new($"{_target}/beta/{pathAndQuery}");

    /// <summary>Whether a request to this address may carry our token.</summary>
    public bool Owns(Uri address) => SameOrigin(address, _endpoint);

    /// <summary>True with the address to ask when a link of the service may be followed.</summary>
    /// <param name="link">As the service wrote it: absolute, or relative to <paramref name="asked"/>.</param>
    /// <param name="asked">The address whose answer holds the link.</param>
    /// <param name="routed">Where to ask.</param>
    public bool TryRoute(string link, Uri asked, out Uri routed)
    {
        routed = _endpoint;
        if (link.Length == 0) return false;
        if (link.StartsWith('/'))
        {
            return !link.StartsWith("//", StringComparison.Ordinal) && !link.StartsWith("/\\", StringComparison.Ordinal)
                && Take(_target + link, ref routed);
        }

        return (Uri.TryCreate(link, UriKind.Absolute, out Uri? address) || Uri.TryCreate(asked, link, out address))
            && address.UserInfo.Length == 0
            && (SameOrigin(address, _endpoint) || SameOrigin(address, _root))
            && Take(_target + address.PathAndQuery, ref routed);
    }

    private bool Take(string text, ref Uri routed)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || !SameOrigin(address, _endpoint)) return false;
        routed = address;
        return true;
    }

    private static bool SameOrigin(Uri left, Uri right) =>
        string.Equals(left.Scheme, right.Scheme, StringComparison.OrdinalIgnoreCase)
        && string.Equals(left.IdnHost, right.IdnHost, StringComparison.OrdinalIgnoreCase)
        && left.Port == right.Port;
}
