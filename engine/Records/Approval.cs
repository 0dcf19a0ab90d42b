using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Approvals;

namespace ProvisioningConnector.Engine.Records;

/// <summary>A second person's seal on one saved plan (docs/safety.md#approvals).</summary>
public sealed record Approval
{
    public required string ApprovalId { get; init; }

    public required string PlanId { get; init; }

    /// <summary>The seal of the plan as the approver saw it.</summary>
    public required string PlanSeal { get; init; }

    public required string TenantId { get; init; }

    /// <summary>Who approved: <c>user@host</c>, the name of a key, or <c>signed:NAME</c>, a person of the configuration.</summary>
    public required string Approver { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Why, in the approver's words.</summary>
    public required string Reason { get; init; }

    /// <summary>Keys of <c>--allow</c> and the largest number allowed by each: what lets a blocked plan be applied.</summary>
    public ImmutableSortedDictionary<string, long> Allowances { get; init => field = value ?? NoAllowances; } = NoAllowances;

    /// <summary>From when on it lets nothing be begun any more.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>HMAC-SHA-256 over all of it (<see cref="ApprovalSeal"/>), or <see cref="SignaturePrefix"/> and the JWS that it was read from; empty while
    /// it is not sealed.</summary>
    public string Seal { get; init; } = string.Empty;

    /// <summary>Stands before a signature.</summary>
    public const string SignaturePrefix = "jws:";

    /// <summary>Whether a person signed it with a key of their own.</summary>
    internal bool IsSigned => Seal.StartsWith(SignaturePrefix, StringComparison.Ordinal);

    private static ImmutableSortedDictionary<string, long> NoAllowances { get; } = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);
}

/// <summary>Which plans need an approval: <c>RequireApproval</c> (docs/safety.md#approvals).</summary>
public enum ApprovalRule : byte
{
    Never,

    /// <summary>Plans that delete something.</summary>
    Deletes,

    /// <summary>Plans that change anything.</summary>
    Always,
}
