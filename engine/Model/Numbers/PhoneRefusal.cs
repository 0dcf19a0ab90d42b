namespace ProvisioningConnector.Engine.Model.Numbers;

/// <summary>A number or entry that was not accepted.</summary>
/// <param name="Code">Why, for machines.</param>
/// <param name="Message">What is wrong and what to do, for people; shows of the number no more than <see cref="PhoneMask.OfText"/>.</param>
public sealed record PhoneRefusal(PhoneRefusalCode Code, string Message)
{
    /// <summary>The first half of <see cref="Message"/>: what is wrong.</summary>
    public string Problem { get; init; } = Message;

    /// <summary>The second half of <see cref="Message"/>: what to do.</summary>
    public string Advice { get; init; } = "";

    internal static PhoneRefusal Of(PhoneRefusalCode code, string problem, string advice) =>
        new(code, $"{problem} {advice}") { Problem = problem, Advice = advice };
}
