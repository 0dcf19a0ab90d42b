namespace ProvisioningConnector.Engine.Model;

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
}
