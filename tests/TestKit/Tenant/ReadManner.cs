using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>How the tenant answers reads.</summary>
public sealed record ReadManner
{
    /// <summary>How old the state is that a read shows.</summary>
    public TimeSpan Lag { get; init; }

    /// <summary>Whose reads are so old; the others' show the present.</summary>
    public Func<string, bool> Of { get; init; } = static _ => true;

    public TimeSpan LagOf(string uid) => Of(uid) ? Lag : TimeSpan.Zero;

    /// <summary>So many reads of a user fail after the user's first write.</summary>
    public int FailingAfterSend { get; init; }

    /// <summary>So many reads of a user fail at the beginning.</summary>
    public int FailingFirst { get; init; }

    /// <summary>The default method cannot be read.</summary>
    public bool DefaultUnreadable { get; init; }

    /// <summary>Whether a user is in a group cannot be read.</summary>
    public bool GroupUnreadable { get; init; }

    /// <summary>Kinds of which the service refuses the list, by the number of reads of the user so far.</summary>
    public Func<int, KindSet> Refused { get; init; } = static _ => KindSet.None;

    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(20);
}
