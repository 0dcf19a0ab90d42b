using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Quarantine;

/// <summary>Stops a run when so many of its users fail that the tenant is the trouble: at least 50, and 40 % of those tried (safety-and-pacing B3.9).</summary>
internal sealed class FailureBrake
{
    private const long LeastFailed = 50;
    private const long LeastPercent = 40;
    private readonly Lock _gate = new();
    private long _tried;
    private long _failed;

    /// <summary>Looks at what became of a user; true when the run must stop.</summary>
    public bool See(UserOutcome outcome)
    {
        lock (_gate)
        {
            _tried++;
            _failed += outcome switch
            {
                UserOutcome.Failed or UserOutcome.Unknown => 1,
                UserOutcome.Done or UserOutcome.Skipped or UserOutcome.Stale => 0,
            };
            return _failed >= LeastFailed && _failed * 100 >= _tried * LeastPercent;
        }
    }
}
