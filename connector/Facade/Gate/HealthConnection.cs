using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace ProvisioningConnector.Facade.Gate;

/// <summary>Marks the connections of the listener for health checks, and so their requests.</summary>
internal static class HealthConnection
{
    private static readonly object Key = new();

    /// <summary>The step of that listener's connections.</summary>
    public static ConnectionDelegate Mark(ConnectionDelegate next) => connection =>
    {
        connection.Items[Key] = null;
        return next(connection);
    };

    /// <summary>Whether a request came over one of them.</summary>
    public static bool IsOf(HttpContext context) => context.Features.Get<IConnectionItemsFeature>()?.Items.ContainsKey(Key) == true;
}
