using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Reconciliation;
using ProvisioningConnector.Graph;
using ProvisioningConnector.Host.Composition;
using ProvisioningConnector.Host.Configuration;

namespace ProvisioningConnector.Host.Facade.Hosting;

/// <summary>A tenant, open for all requests of the process: one reader, one pair of gates, the way to write.</summary>
internal sealed class TenantDoor(
    ConnectorSettings settings, ReadingTenant reading, TenantOpening opening, SharedStore shared, TimeProvider time, IGraphTrace? trace) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private WritingDoor? _writing;

    public TenantSettings Settings => reading.Settings;

    public TenantIdentity Identity => reading.Identity;

    /// <summary>Users, methods and changes; it has no member that writes.</summary>
    public ReadingTenant Reading => reading;

    /// <summary>Writes of single users; the write credential is loaded when this is first asked for. Stays the door's.</summary>
    public WritingDoor Writing
    {
        get
        {
            lock (_gate) return _writing ??= opening.OpenForWriting();
        }
    }

    /// <summary>A way to write of its own, for a run with its lease's permit, through the same gates. The caller disposes it.</summary>
    public WritingDoor OpenForWriting(ISendPermit permit) => opening.OpenForWriting(permit);

    /// <summary>What runs and verbs work with, in the name of a caller; it need not be disposed.</summary>
    public Workspace Workspace(string actor) => Composition.Workspace.Within(settings, Settings, shared, actor, time, trace);

    public async ValueTask DisposeAsync()
    {
        _writing?.Dispose();
        await reading.DisposeAsync();
    }
}
