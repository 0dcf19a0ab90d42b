using System.Text.Json;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Http;
using ProvisioningConnector.Graph.Json;

namespace ProvisioningConnector.Graph.Policies;

/// <summary>The authentication methods policy (<c>Policy.Read.AuthenticationMethod</c>). Who
/// may not read it gets no warning beforehand; that is no error.</summary>
public sealed class GraphMethodPolicies(GraphConnection connection) : IMethodPolicies
{
    /// <inheritdoc/>
    public async ValueTask<PolicyVerdict> SmsSignInAsync(CancellationToken cancellation)
    {
        JsonElement root = await ReadAsync("sms", cancellation).ConfigureAwait(false);
        PolicyVerdict verdict = State(root);
        if (verdict is PolicyVerdict.NotRead or PolicyVerdict.Forbids) return verdict;
        JsonElement[] usable = [.. root.Items("includeTargets").Where(t => t.Part("isUsableForSignIn").ValueKind == JsonValueKind.True)];
        return usable.Length == 0 ? PolicyVerdict.Forbids : Everybody(root, usable);
    }

    /// <inheritdoc/>
    public async ValueTask<PassPolicy> PassAsync(CancellationToken cancellation)
    {
        JsonElement root = await ReadAsync("temporaryAccessPass", cancellation).ConfigureAwait(false);
        PolicyVerdict verdict = State(root);
        return new PassPolicy(
            verdict == PolicyVerdict.Allows ? Everybody(root, [.. root.Items("includeTargets")]) : verdict,
            Number(root, "minimumLifetimeInMinutes"), Number(root, "maximumLifetimeInMinutes"), root.Part("isUsableOnce") switch
            {
                { ValueKind: JsonValueKind.True } => true,
                { ValueKind: JsonValueKind.False } => false,
                _ => null,
            });
    }

    private async ValueTask<JsonElement> ReadAsync(string method, CancellationToken cancellation)
    {
        Uri address = connection.Addresses.V1("policies/authenticationMethodsPolicy/authenticationMethodConfigurations/" + method);
        using ReadAnswer answer = await connection.Reads.SendAsync(GraphCall.Get(address, Purpose.ReadPolicy), cancellation).ConfigureAwait(false);
        return answer.TryGet(out GraphReply? reply, out _) ? ResetJson.Root(reply.Body) : default;
    }

    private static PolicyVerdict State(JsonElement root) => root.Text("state") switch
    {
        { } state when state.Equals("enabled", StringComparison.OrdinalIgnoreCase) => PolicyVerdict.Allows,
        { } state when state.Equals("disabled", StringComparison.OrdinalIgnoreCase) => PolicyVerdict.Forbids,
        _ => PolicyVerdict.NotRead,
    };

    private static PolicyVerdict Everybody(JsonElement root, JsonElement[] targets)
    {
        bool excludes = root.Items("excludeTargets").Any();
        return !excludes && targets.Any(t => string.Equals(t.Text("id"), "all_users", StringComparison.OrdinalIgnoreCase))
            ? PolicyVerdict.Allows : PolicyVerdict.Depends;
    }

    private static int? Number(JsonElement root, string name) =>
        root.Part(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out int value) ? value : null;
}
