using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions.Serialization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Graph.Answers;
using ProvisioningConnector.Graph.Connection;
using ProvisioningConnector.Graph.Sdk;

namespace ProvisioningConnector.Graph.Policies;

/// <summary>The authentication methods policy (<c>Policy.Read.AuthenticationMethod</c>). Who
/// may not read it gets no warning beforehand; that is no error.</summary>
public sealed class GraphMethodPolicies(GraphConnection connection) : IMethodPolicies
{
    /// <inheritdoc/>
    public async ValueTask<PolicyVerdict> SmsSignInAsync(CancellationToken cancellation)
    {
        SmsAuthenticationMethodConfiguration? sms = await ReadAsync("sms", SmsAuthenticationMethodConfiguration.CreateFromDiscriminatorValue, cancellation)
            .ConfigureAwait(false);
        PolicyVerdict verdict = State(sms);
        if (sms is null || verdict is PolicyVerdict.NotRead or PolicyVerdict.Forbids) return verdict;
        AuthenticationMethodTarget[] usable = [.. (sms.IncludeTargets ?? []).Where(static target => target.IsUsableForSignIn == true)];
        return usable.Length == 0 ? PolicyVerdict.Forbids : Everybody(sms, usable);
    }

    /// <inheritdoc/>
    public async ValueTask<PassPolicy> PassAsync(CancellationToken cancellation)
    {
        TemporaryAccessPassAuthenticationMethodConfiguration? pass = await ReadAsync("temporaryAccessPass",
            TemporaryAccessPassAuthenticationMethodConfiguration.CreateFromDiscriminatorValue, cancellation).ConfigureAwait(false);
        PolicyVerdict verdict = State(pass);
        return new PassPolicy(
            pass is not null && verdict == PolicyVerdict.Allows ? Everybody(pass, pass.IncludeTargets ?? []) : verdict,
            pass?.MinimumLifetimeInMinutes, pass?.MaximumLifetimeInMinutes, pass?.IsUsableOnce);
    }

    /// <summary>Of the type that was asked for, whatever type the answer names.</summary>
    private async ValueTask<T?> ReadAsync<T>(string method, ParsableFactory<T> factory, CancellationToken cancellation)
        where T : class, IParsable
    {
        SdkAnswer<T> answer = await connection.Sdk.ReadAsync(
            connection.Sdk.Client.Policies.AuthenticationMethodsPolicy.AuthenticationMethodConfigurations[method].ToGetRequestInformation(),
            Purpose.ReadPolicy, factory, cancellation).ConfigureAwait(false);
        return answer.TryGet(out T? configuration, out _) ? configuration : null;
    }

    private static PolicyVerdict State(AuthenticationMethodConfiguration? method) => method?.State switch
    {
        AuthenticationMethodState.Enabled => PolicyVerdict.Allows,
        AuthenticationMethodState.Disabled => PolicyVerdict.Forbids,
        _ => PolicyVerdict.NotRead,
    };

    private static PolicyVerdict Everybody(AuthenticationMethodConfiguration method, IEnumerable<AuthenticationMethodTarget> targets) =>
        method.ExcludeTargets is not { Count: > 0 } && targets.Any(static t => string.Equals(t.Id, "all_users", StringComparison.OrdinalIgnoreCase))
            ? PolicyVerdict.Allows : PolicyVerdict.Depends;
}
