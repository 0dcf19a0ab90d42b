using ProvisioningConnector.Engine.Planning;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>One request as the tenant saw it.</summary>
public sealed class SentWrite(string uid, int number, Operation operation, WriteFault fault, DateTimeOffset sentAt)
{
    public string Uid { get; } = uid;

    /// <summary>The how-manieth write of this user, from 0.</summary>
    public int Number { get; } = number;

    public Operation Operation { get; } = operation;

    public WriteFault Fault { get; } = fault;

    public DateTimeOffset SentAt { get; } = sentAt;

    /// <summary>When it changed the user; null when it never did.</summary>
    public DateTimeOffset? AppliedAt { get; internal set; }

    public override string ToString() => $"{Operation.GetType().Name} of {Operation.Part} {Fault} {(AppliedAt is null ? "not applied" : "applied")}";
}
