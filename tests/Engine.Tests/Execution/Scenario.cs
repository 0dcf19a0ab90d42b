using ProvisioningConnector.TestKit.Tenant;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.Engine.Tests.Execution;

/// <summary>One user's plan and everything that goes wrong on its way.</summary>
internal sealed record Scenario(Shape Shape)
{
    /// <summary>What happens to the n-th write.</summary>
    public Func<int, WriteFault> Faults { get; init; } = _ => WriteFault.None;

    public CrashPoint CrashAt { get; init; }

    public int CrashNth { get; init; }

    public ReadManner Reading { get; init; } = new();

    /// <summary>Just before the n-th write leaves, the user changes.</summary>
    public Action<ModelTenant, ModelUser, int> BeforeSend { get; init; } = (_, _, _) => { };

    /// <summary>Between plan and run the user changes.</summary>
    public Action<ModelTenant, ModelUser> BeforeRun { get; init; } = (_, _) => { };

    /// <summary>What goes on in the tenant while the run lasts.</summary>
    public Func<VirtualWorld, ModelTenant, Task> Meanwhile { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>First signal, this long after the start.</summary>
    public TimeSpan? StopAfter { get; init; }

    /// <summary>The time to finish users who have begun is over, this long after the start.</summary>
    public TimeSpan? CutAfter { get; init; }

    /// <summary>Second signal, this long after the start.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    public ServiceModel Service { get; init; } = new();

    /// <summary>Whether the account is mastered on premises.</summary>
    public bool Synced { get; init; }

    public string What { get; init; } = "";

    public override string ToString() =>
        $"[{Shape.Text}] {What} crash {CrashAt}/{CrashNth} lag {Reading.Lag.TotalSeconds} failing {Reading.FailingAfterSend} stop {StopAfter} "
        + $"cut {CutAfter} give up {GiveUpAfter}";
}
