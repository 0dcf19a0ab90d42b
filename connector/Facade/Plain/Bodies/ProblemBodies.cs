using System.ComponentModel;

namespace ProvisioningConnector.Facade.Plain.Bodies;

/// <summary>Problem details (RFC 9457) with their further members. Problems are written by <c>Http/Problem.cs</c>; this describes them.</summary>
internal sealed record ProblemView
{
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    [Description("Stable, for programs.")]
    public required string Code { get; init; }

    public string? RunId { get; init; }

    [Description("What a rule forbids.")]
    public IReadOnlyList<HeldView>? Held { get; init; }

    [Description("What became of each operation.")]
    public IReadOnlyList<OperationView>? Outcomes { get; init; }

    public IReadOnlyList<DiagnosticView>? Diagnostics { get; init; }

    [Description("The limit over time that was reached.")]
    public LimitView? Guardrail { get; init; }

    [Description("Made before it went wrong; may hold or not. Returned once.")]
    public string? Password { get; init; }

    [Description("Made before it went wrong; may hold or not. Returned once.")]
    public string? TemporaryAccessPass { get; init; }

    /// <summary>Secrets are not printed.</summary>
    public override string ToString() => nameof(ProblemView);
}

/// <summary>A limit over time.</summary>
internal sealed record LimitView
{
    public string? Name { get; init; }

    public int? Limit { get; init; }

    public int? Used { get; init; }

    public int? Asked { get; init; }
}
