using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>
/// An issuer's public keys, fetched apart from requests: at the start, every hour, and when a token names a key that is not there, at most every
/// 30 s. While the issuer is down, the keys known so far count for a day. No request fetches them; only one whose token names a key
/// that is not there waits a little for a fetch.
/// </summary>
internal sealed class IssuerKeys(JwtSettings issuer, IssuerDocuments documents, WorkInFlight work, TimeProvider time, ILogger<IssuerKeys> log)
    : IConfigurationManager<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(30);

    /// <summary>While there are no keys at all, and every token is 503.</summary>
    private static readonly TimeSpan BetweenFirstTries = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WaitForNewKey = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private volatile Known? _known;
    private readonly Dictionary<Cause, DateTimeOffset> _last = [];
    private volatile Task _fetching = Task.CompletedTask;

    /// <summary>Whether there are keys to check a token with.</summary>
    /// <param name="kid">The key that the token names; null: none.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<bool> AreKnownAsync(string? kid, CancellationToken cancellation)
    {
        if (!IsUsable(_known))
        {
            BeginFetch(Cause.NoKeys);
        }
        else if (!string.IsNullOrEmpty(kid) && _known is { } known && !known.Ids.Contains(kid))
        {
            BeginFetch(Cause.MissingKey);
            await _fetching.WaitAsync(WaitForNewKey, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellation.ThrowIfCancellationRequested();
        return IsUsable(_known);
    }

    /// <summary>Fetches them unless they are fresh; ends with the fetch that is under way.</summary>
    public Task RefreshAsync()
    {
        if (_known is not { } known || time.GetUtcNow() - known.At >= Fresh) BeginFetch(Cause.Age);
        return _fetching;
    }

    /// <inheritdoc/>
    public Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel) =>
        Task.FromResult(_known?.Configuration ?? throw new IssuerUnavailable());

    /// <inheritdoc/>
    public void RequestRefresh()
    {
        // Which keys are missing is known before a token is checked.
    }

    private bool IsUsable(Known? known) => known is not null && time.GetUtcNow() - known.At <= Usable;

    /// <summary>Begins a fetch, unless one is under way or the last of this cause is too near.</summary>
    private void BeginFetch(Cause cause)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_fetching.IsCompleted) return;
            DateTimeOffset now = time.GetUtcNow();
            if (_last.TryGetValue(cause, out DateTimeOffset last) && now - last < Between(cause)) return;
            (_last[cause], _fetching) = (now, done.Task);
        }

        work.Start(async () =>
        {
            try
            {
                await FetchAsync();
            }
            finally
            {
                done.SetResult();
            }
        });
    }

    private static TimeSpan Between(Cause cause) => cause switch
    {
        Cause.Age or Cause.MissingKey => BetweenTries,
        Cause.NoKeys => BetweenFirstTries,
    };

    private async Task FetchAsync()
    {
        try
        {
            OpenIdConnectConfiguration configuration = await documents.ReadAsync(issuer, work.Stopping);
            _known = new Known(configuration, time.GetUtcNow(),
                configuration.SigningKeys.Select(static key => key.KeyId).OfType<string>().ToFrozenSet(StringComparer.Ordinal));
        }
        catch (Exception wrong) when (wrong is HttpRequestException or IOException or InvalidDataException or UnauthorizedAccessException
            or ArgumentException or JsonException or InvalidOperationException
            || (wrong is OperationCanceledException && !work.Stopping.IsCancellationRequested))
        {
            log.LogWarning("The keys of the token issuer {Setting} could not be read: {Problem}. "
                + "Tokens signed with the keys read before are accepted for one day.", issuer.Setting, wrong.GetType().Name);
        }
    }

    private enum Cause
    {
        /// <summary>They are an hour old, or were never fetched.</summary>
        Age,

        /// <summary>A token came, and there are no keys that count.</summary>
        NoKeys,

        /// <summary>A token names a key that is not there.</summary>
        MissingKey,
    }

    private sealed record Known(OpenIdConnectConfiguration Configuration, DateTimeOffset At, FrozenSet<string> Ids);
}
