namespace ProvisioningConnector.Engine.Model;

/// <summary>
/// An operation ended for a reason that its caller can fix. It is shown as an error document, never with a stack trace.
/// </summary>
/// <param name="code">Stable, camelCase.</param>
/// <param name="message">What happened, where and why; no full phone number, no secret.</param>
/// <param name="advice">What to do next; empty when the message says it.</param>
/// <param name="kind">What kind of end it is.</param>
public sealed class ProvisioningException(string code, string message, string advice = "", FailureKind kind = FailureKind.Error) : Exception(message)
{
    public string Code { get; } = code;

    public string Advice { get; } = advice;

    public FailureKind Kind { get; } = kind;
}
