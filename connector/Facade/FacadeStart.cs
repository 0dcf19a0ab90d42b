using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Facade.Hosting;

namespace ProvisioningConnector.Facade;

/// <summary>What the service is started with; all of it stays its owner's.</summary>
/// <param name="Settings">The configuration.</param>
/// <param name="Shared">The open store.</param>
/// <param name="Listeners">Where to listen.</param>
internal sealed record FacadeStart(ConnectorSettings Settings, SharedStore Shared, ImmutableArray<Listener> Listeners)
{
    /// <summary>Where health is answered apart from everything else (<c>Facade:HealthUrl</c>); null: nowhere.</summary>
    public Listener? Health { get; init; } = Listener.ReadHealth(Settings.Facade);

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where the service logs.</summary>
    public ILoggerFactory Logs { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Where the service is announced as ready, alive or stopping.</summary>
    public ServiceNotice Notice { get; init; } = new(null, null);

    /// <summary>Endpoints beside the service's own.</summary>
    public Action<IEndpointRouteBuilder> More { get; init; } = static _ => { };
}
