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

/// <summary>What kind of end a <see cref="ProvisioningException"/> is; heads turn it into an exit code or a status.</summary>
public enum FailureKind
{
    /// <summary>Usage, configuration, a file or a connection; nothing was written.</summary>
    Error,

    /// <summary>What was asked for is already so.</summary>
    NothingToDo,

    /// <summary>A limit, a policy, a protection or a missing approval forbids it; nothing was written.</summary>
    Blocked,

    /// <summary>One user could not be found, read or changed as asked.</summary>
    UserNotHandled,

    /// <summary>The tenant moved since the plan was shown; nothing was written.</summary>
    Stale,

    /// <summary>Another run holds the tenant or the user; nothing was written.</summary>
    Busy,

    /// <summary>The tenant is quarantined; nothing was written.</summary>
    Quarantined,
}
