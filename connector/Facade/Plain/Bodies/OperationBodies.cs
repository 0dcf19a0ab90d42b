using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>What became of one operation.</summary>
internal sealed record OperationView
{
    [AllowedValues("add", "update", "delete", "enable", "disable", "prefer", "reset")]
    public required string Action { get; init; }

    public required string Method { get; init; }

    public string? Slot { get; init; }

    public string? Id { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Reason { get; init; }

    [AllowedValues("done", "failed", "unknown", "skipped")]
    public string? Outcome { get; init; }

    [DataType(DataType.DateTime)]
    public string? VerifiedAt { get; init; }

    public OperationErrorView? Error { get; init; }
}

/// <summary>What the tenant's service said of an operation.</summary>
internal sealed record OperationErrorView
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public int? Status { get; init; }

    public string? RequestId { get; init; }
}

/// <summary>What a rule forbids.</summary>
internal sealed record HeldView
{
    public required string Part { get; init; }

    public required string Code { get; init; }

    public bool? Standing { get; init; }

    public required string Message { get; init; }
}

/// <summary>A finding about a user or a value.</summary>
internal sealed record DiagnosticView
{
    public required string Code { get; init; }

    [AllowedValues("error", "warning", "info")]
    public required string Severity { get; init; }

    public required string Message { get; init; }
}

/// <summary>What an action came to.</summary>
internal sealed record ActionResultView
{
    [DisplayName("Outcome")]
    [AllowedValues("done", "nothingToDo")]
    public required string Outcome { get; init; }

    [DisplayName("Run")]
    public string? RunId { get; init; }

    [DisplayName("Verified")]
    public bool? Verified { get; init; }

    [DisplayName("Operations")]
    public required ImmutableArray<OperationView> Operations { get; init; }

    [DisplayName("Diagnostics")]
    public ImmutableArray<DiagnosticView> Diagnostics { get; init; } = [];

    [DisplayName("Password")]
    [Description("Returned once.")]
    public string? Password { get; init; }

    [DisplayName("Temporary access pass")]
    [Description("Returned once.")]
    public string? TemporaryAccessPass { get; init; }

    /// <summary>Secrets are not printed.</summary>
    public override string ToString() => nameof(ActionResultView);
}
