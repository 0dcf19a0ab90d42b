namespace ProvisioningConnector.Engine.Records;

/// <summary>What a guardrail says of the whole plan.</summary>
public enum Verdict : byte
{
    Pass,

    /// <summary>Some users or operations are held because of it; the rest may go.</summary>
    Held,

    /// <summary>Nothing may be written.</summary>
    Blocked,
}

/// <summary>One guardrail's verdict. All guardrails speak, passed or not (docs/safety.md#guardrails).</summary>
/// <param name="Name">As in the configuration, e.g. <c>MaxDeletes</c>.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="Limit">The limit in force, as a number for this plan; null for none.</param>
/// <param name="Actual">What it measured; null when it could not be measured.</param>
/// <param name="Allow">The option that would allow it once, e.g. <c>--allow deletes=31</c>; null when nothing is to be allowed.</param>
/// <param name="Message">What, why and what to do.</param>
public sealed record GuardrailVerdict(string Name, Verdict Verdict, long? Limit, long? Actual, string? Allow, string Message);

/// <summary>Names of verdicts in documents.</summary>
public static class Verdicts
{
    public static string Name(this Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Held => "held",
        Verdict.Blocked => "blocked",
    };
}
