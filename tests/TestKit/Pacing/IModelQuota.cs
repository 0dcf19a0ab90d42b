namespace ProvisioningConnector.TestKit.Pacing;

/// <summary>A service's way of metering, as a model; times are seconds and never go back.</summary>
public interface IModelQuota
{
    /// <summary>Asks for one item. A refusal may cost something too.</summary>
    bool Take(double now);

    /// <summary>Share of the limit in use, 1.0 is all of it.</summary>
    double Share(double now);

    /// <summary>Seconds until an item would be accepted.</summary>
    double SecondsUntilRoom(double now);

    /// <summary>The same metering, unused, for the computation of the floor; refusals cost nothing there.</summary>
    IModelQuota Fresh();
}
