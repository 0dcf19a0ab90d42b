namespace ProvisioningConnector.Engine.Planning;

/// <summary>A part that is wanted otherwise than it is, but a rule forbids to touch it (design 2, 8).</summary>
/// <param name="Part">What is held.</param>
/// <param name="Code">Which rule, machine-readable.</param>
/// <param name="Standing">True for holds by a policy or by protection: they will be there tomorrow too. False for limits and surprises that somebody should look at.</param>
/// <param name="Message">What would have happened, why it does not, what to do.</param>
public sealed record HeldPart(Part Part, string Code, bool Standing, string Message);
