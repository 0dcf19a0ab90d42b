using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>Whether a method is meant for one person, groups resolved.</summary>
public static class TargetScope
{
    /// <summary>Null: a group could not be read, and it depends on it.</summary>
    /// <param name="reader">Reads groups.</param>
    /// <param name="targets">Whom the method is meant for.</param>
    /// <param name="uid">Object id of the person.</param>
    /// <param name="cancellation">Stops.</param>
    public static async ValueTask<bool?> HoldsAsync(IReadinessReader reader, MethodTargets targets, string uid, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(targets);
        if (!targets.Enabled) return false;
        GroupSets groups = new(reader, new UnknownColumns());
        await groups.ReadAsync("scope", [.. targets.Include, .. targets.Exclude], cancellation);
        return groups.Contains(targets, uid);
    }
}
