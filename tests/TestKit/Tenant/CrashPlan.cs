namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>Where the process dies.</summary>
public enum CrashPoint
{
    Never,
    BeforeIntent,
    AfterIntent,

    /// <summary>The request has left; its answer is never seen.</summary>
    AfterSend,
    BeforeOutcome,
    AfterOutcome,
    BeforeResult,
}

/// <summary>The process died.</summary>
public sealed class CrashException(CrashPoint point) : Exception($"died {point}");

/// <summary>Dies once, the n-th time (from 0) a point is reached.</summary>
public sealed class CrashPlan(CrashPoint point, int nth = 0)
{
    private int _reached;

    public static CrashPlan Never => new(CrashPoint.Never);

    public void Reach(CrashPoint at)
    {
        if (at == point && _reached++ == nth) throw new CrashException(point);
    }
}
