using Microsoft.AspNetCore.WebUtilities;
using ProvisioningConnector.Crest.Parameters;

namespace ProvisioningConnector.Facade.Http;

/// <summary>The query string as CREST reads it, and whether the answer, an error too, is to be indented.</summary>
internal static class PrettyPrint
{
    public static bool IsAsked(HttpContext context) => context.Request.QueryString.HasValue && ParameterReader.WantsPretty(Pairs(context.Request));

    /// <summary>Decoded pairs in their order.</summary>
    public static List<KeyValuePair<string, string>> Pairs(HttpRequest request)
    {
        List<KeyValuePair<string, string>> pairs = [];
        foreach (QueryStringEnumerable.EncodedNameValuePair pair in new QueryStringEnumerable(request.QueryString.Value))
        {
            pairs.Add(new(pair.DecodeName().ToString(), pair.DecodeValue().ToString()));
        }

        return pairs;
    }
}
