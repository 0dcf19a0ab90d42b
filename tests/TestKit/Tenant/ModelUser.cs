using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>A user of the tenant with everything that ever was true of the user's methods.</summary>
public sealed class ModelUser(DirectoryUser account, CurrentMethods methods)
{
    private readonly List<(DateTimeOffset At, CurrentMethods Methods)> _states = [(DateTimeOffset.MinValue, methods)];

    public DirectoryUser Account { get; } = account;

    /// <summary>False once the user was deleted.</summary>
    public bool Exists { get; set; } = true;

    public CurrentMethods Now => _states[^1].Methods;

    /// <summary>Every state in order of time.</summary>
    public IEnumerable<CurrentMethods> History => _states.Select(s => s.Methods);

    internal int Sends { get; set; }

    internal int Reads { get; set; }

    /// <summary>Reads since the first write.</summary>
    internal int ReadsAfterSend { get; set; }

    internal int InFlight { get; set; }

    internal CurrentMethods AsOf(DateTimeOffset at) => _states.Last(s => s.At <= at).Methods;

    internal void Become(DateTimeOffset at, CurrentMethods methods) => _states.Add((at, methods));
}
