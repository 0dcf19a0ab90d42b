namespace ProvisioningConnector.Graph.Settings;

/// <summary>What an <c>Endpoint</c> may be: scheme, host and port; https, or http on a literal loopback address (docs/configuration.md#credentials).</summary>
internal static class EndpointRules
{
    public static IEnumerable<string> Problems(Uri endpoint)
    {
        if (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("https" or "http"))
        {
            yield return $"Endpoint is '{endpoint}'; it must begin with https:// (or http:// on a loopback address).";
            yield break;
        }

        if (endpoint.AbsolutePath is not ("" or "/") || endpoint.Query.Length > 0 || endpoint.Fragment.Length > 0 || endpoint.UserInfo.Length > 0)
        {
            yield return $"Endpoint is '{endpoint.GetLeftPart(UriPartial.Authority)}' with more behind it; it holds scheme, host and port only, the version "
                + $"(/v1.0) is added by the program.";
        }

        if (endpoint.Scheme == "http" && !LoopbackHost.IsLiteral(endpoint))
        {
            string advice = string.Equals(endpoint.Host, "localhost", StringComparison.OrdinalIgnoreCase)
                ? "'localhost' is a name that may lead elsewhere: write 127.0.0.1 or [::1]."
                : "Use https, or a literal loopback address (127.0.0.1 or [::1]) for rehearsals.";
            yield return $"Endpoint '{endpoint.GetLeftPart(UriPartial.Authority)}' is plain http; tokens and phone numbers would travel unprotected. {advice}";
        }
    }
}
