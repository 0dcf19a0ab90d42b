using System.Text.RegularExpressions;
using Azure.Core;
using ProvisioningConnector.Graph.Tests.Support;

namespace ProvisioningConnector.Graph.Tests.Requests;

/// <summary>Plays a scene and writes its requests down: method, address, all headers, body. Ids that are made anew each time are replaced.</summary>
internal static partial class RequestRecorder
{
    public static async Task<string> PlayAsync(RequestScene scene)
    {
        Tape tape = new(scene);
        using Rig rig = new(tape, scene.With,
            credential: DelegatedTokenCredential.Create((_, _) => new AccessToken("opaque", DateTimeOffset.MaxValue)));
        await scene.Act(rig);
        return $"## {scene.Name}\n{string.Concat(tape.Requests)}\n";
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex("(?<=\"client-request-id\":\")[^\"]+")]
    private static partial Regex ItemId();

    private static string Describe(Uri address, Seen seen)
    {
        string headers = string.Join("; ", seen.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .Select(header => $"{header.Key}: {Kept(header.Key, header.Value)}"));
        string body = seen.Body.Length == 0 ? "" : $"  {ItemId().Replace(seen.Body, "{id}")}\n";
        return $"{seen.Method} {address.AbsoluteUri}\n  {headers}\n{body}";
    }

    private static string Kept(string header, string value) => header.ToUpperInvariant() switch
    {
        "CLIENT-REQUEST-ID" or "X-MS-CLIENT-REQUEST-ID" => Id().Replace(value, "{id}"),
        // It names the versions of the packages and of the machine.
        "USER-AGENT" => "{agent}",
        _ => value,
    };

    private sealed class Tape(RequestScene scene) : HttpMessageHandler
    {
        private readonly Lock _sync = new();
        private readonly List<string> _requests = [];

        /// <summary>In the order in which they came; where the product asks for several things at once, in alphabetical order.</summary>
        public IEnumerable<string> Requests => scene.AtOnce ? _requests.Order(StringComparer.Ordinal) : _requests;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Seen seen = await StubGraph.ReadAsync(request, cancellationToken);
            lock (_sync)
            {
                _requests.Add(Describe(request.RequestUri ?? throw new InvalidOperationException("A request without an address."), seen));
                return scene.Answer(seen, _requests.Count);
            }
        }
    }
}
