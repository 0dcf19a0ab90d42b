using System.Collections.Immutable;
using ProvisioningConnector.Facade.Plain.Bodies;

namespace ProvisioningConnector.Facade.Plain.Operations;

/// <summary>Texts that several operations share.</summary>
internal static class Texts
{
    public const string Tenant = "/api/v1/tenants/{tenant}";
    public const string User = Tenant + "/users/{user}";
    public const string PlanExample =
        """{"kind":"plan","formatVersion":"1.0","planId":"p20260131T180000Zx7","masked":false,"applyable":true,"summary":"""
        + """{"users":1,"changed":1},"guardrails":[],"diagnostics":[],"users":[]}""";

    public static ImmutableArray<QueryShape> OfWrites { get; } = [new(CallReading.DryRun,
        "true: nothing is written, and the answer is the plan document.", "boolean")];

    public static AnswerShape Gone { get; } = new(StatusCodes.Status204NoContent, "Deleted, or it did not exist.");

    /// <summary>What a dry run answers, where the usual answer is another.</summary>
    public static AnswerShape Plan(string description) => new(StatusCodes.Status200OK, description, typeof(PlanView), PlanExample);
}
