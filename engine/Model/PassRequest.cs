namespace ProvisioningConnector.Engine.Model;

/// <summary>The request for a temporary access pass (docs/graph.md#other-methods). The pass itself never stands in a request, a plan or a result.</summary>
/// <param name="LifetimeInMinutes"><see cref="Shortest"/> to <see cref="Longest"/>; null: as the tenant's policy sets.</param>
/// <param name="Once">Whether it can be used once only; null: as the tenant's policy sets.</param>
public sealed record PassRequest(int? LifetimeInMinutes = null, bool? Once = null)
{
    /// <summary>Minutes.</summary>
    public const int Shortest = 10;

    /// <summary>Minutes: thirty days.</summary>
    public const int Longest = 43200;

    /// <summary>In words, for documents.</summary>
    public static string Words(int? lifetimeInMinutes, bool? once)
    {
        string lifetime = lifetimeInMinutes is { } minutes ? FormattableString.Invariant($"{minutes} minutes") : "lifetime as policy sets";
        return once switch { true => lifetime + ", usable once", false => lifetime + ", usable several times", null => lifetime };
    }
}
