using System.Collections.Immutable;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade.Authentication;

/// <summary>An issuer whose tokens count.</summary>
/// <param name="Settings">As configured.</param>
/// <param name="Keys">Its present keys.</param>
internal sealed record TokenIssuer(JwtSettings Settings, IssuerKeys Keys);

/// <summary>The issuers whose tokens count; none where none is configured.</summary>
internal sealed class TokenIssuers(FacadeSettings settings, IssuerDocuments documents, WorkInFlight work, TimeProvider time, ILogger<IssuerKeys> log)
{
    public ImmutableArray<TokenIssuer> All { get; } =
        [.. settings.Issuers.Select(one => new TokenIssuer(one, new IssuerKeys(one, documents, work, time, log)))];

    /// <summary>Whether a subject begins like the callers of a named issuer, so that an actor <c>jwt:NAME:SUBJECT</c> is one person only.</summary>
    public bool IsOfAnother(string subject) => All.Any(issuer => issuer.Settings.Name.Length > 0
        && subject.StartsWith(issuer.Settings.Name + ":", StringComparison.OrdinalIgnoreCase));

    public bool IsEmpty => All.IsEmpty;

    /// <summary>The issuer of that name; null: there is none. The name is not proved yet.</summary>
    public TokenIssuer? Find(string? name) => name is null ? null : All.FirstOrDefault(issuer => issuer.Settings.IsNamed(name));
}

/// <summary>Keeps the keys of all issuers fresh.</summary>
internal sealed class KeyRefresh(TokenIssuers issuers, WorkInFlight work, TimeProvider time, ILogger<KeyRefresh> log) : PeriodicService(Often, work, time, log)
{
    private static readonly TimeSpan Often = TimeSpan.FromMinutes(1);

    /// <summary>The service does not wait longer for an issuer before it listens.</summary>
    private static readonly TimeSpan AtStart = TimeSpan.FromSeconds(2);
    private readonly TimeProvider _time = time;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync().WaitAsync(AtStart, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task RunOnceAsync(CancellationToken cancellation) => RefreshAsync().WaitAsync(cancellation);

    private Task RefreshAsync() => Task.WhenAll(issuers.All.Select(static issuer => issuer.Keys.RefreshAsync()));
}
