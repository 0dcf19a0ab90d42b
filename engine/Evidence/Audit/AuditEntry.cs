using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>What one record says (docs/safety.md#evidence). It never holds a full phone number or address: values come masked, with their tags.</summary>
public sealed record AuditEntry
{
    public required DateTimeOffset At { get; init; }

    public required AuditType Type { get; init; }

    /// <summary>Of operations only.</summary>
    public AuditStage? Stage { get; init; }

    /// <summary>Who did it: <c>user@host</c>, or the name of a key.</summary>
    public required string Actor { get; init; }

    public required string ToolVersion { get; init; }

    /// <summary>Tenant id; null where no tenant is concerned.</summary>
    public string? Tenant { get; init; }

    public string? RunId { get; init; }

    public string? PlanId { get; init; }

    /// <summary>Seal of the saved plan; null where the plan was never saved.</summary>
    public string? PlanSeal { get; init; }

    public AuditSource? Source { get; init; }

    /// <summary>The user's object id.</summary>
    public string? Uid { get; init; }

    public AuditOperation? Operation { get; init; }

    /// <summary>What became of it: a name of an operation's or a run's outcome.</summary>
    public string? Outcome { get; init; }

    /// <summary>Code of the error or skip; null for a plain success.</summary>
    public string? Code { get; init; }

    /// <summary>HTTP status of a refusal.</summary>
    public int? Status { get; init; }

    /// <summary>When the last request left.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The service's id of the last request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Who approved; null where no one had to.</summary>
    public string? Approver { get; init; }

    /// <summary>Why, in the words of the person who did it.</summary>
    public string? Reason { get; init; }

    /// <summary>The limits and policies in force (<see cref="Safeguards"/>).</summary>
    public ImmutableSortedDictionary<string, string>? Safeguards { get; init; }

    /// <summary>What else belongs to this type, by name.</summary>
    public ImmutableSortedDictionary<string, string>? Details { get; init; }
}

/// <summary>Where it comes from.</summary>
/// <param name="Name">File name or configured name.</param>
/// <param name="Sha256">Digest of the bytes read; null where there are none.</param>
/// <param name="Row">Row of the user; null where it is about the whole.</param>
public sealed record AuditSource(string Name, string? Sha256, long? Row = null);

/// <summary>One write, its values masked.</summary>
/// <param name="Position">Position in the user's plan, from 0.</param>
/// <param name="Part">What it serves.</param>
/// <param name="Action">What it does.</param>
/// <param name="Method">Method as in documents (docs/documents.md#operation).</param>
/// <param name="Slot">Of phones.</param>
/// <param name="Id">The tenant's id of the method.</param>
/// <param name="Before">Masked.</param>
/// <param name="After">Masked.</param>
/// <param name="Reason">Machine code.</param>
public sealed record AuditOperation(
    int Position, Part Part, OperationAction Action, string Method, PhoneType? Slot, string? Id, string? Before, string? After, string Reason);

/// <summary>Outcomes as written in an entry.</summary>
public static class AuditOutcomes
{
    /// <summary>The entry of what became of an operation.</summary>
    public static AuditEntry With(this AuditEntry requested, OperationResult result)
    {
        ArgumentNullException.ThrowIfNull(requested);
        ArgumentNullException.ThrowIfNull(result);
        return requested with
        {
            Stage = AuditStage.Executed,
            Outcome = result.Outcome.Name(),
            Code = result.Error?.Code,
            Status = result.Error?.Status,
            SentAt = result.SentAt,
            RequestId = result.RequestId ?? result.Error?.RequestId,
        };
    }
}
