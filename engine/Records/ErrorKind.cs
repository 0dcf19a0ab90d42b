namespace ProvisioningConnector.Engine.Records;

/// <summary>What an error of the service means for us. One table in the Graph connector decides it; no one else looks at status codes or messages.</summary>
public enum ErrorKind : byte
{
    /// <summary>Refused for a reason this version does not know; permanent.</summary>
    Refused,

    /// <summary>A value was not accepted (format, unknown method); permanent.</summary>
    InvalidValue,

    /// <summary>No such user, or no such method.</summary>
    NotFound,

    /// <summary>The slot or method is already there.</summary>
    AlreadyExists,

    /// <summary>409 <c>phoneNumberNotUnique</c>: the number is usually saved all the same (docs/graph.md#duplicate-numbers).</summary>
    NumberNotUnique,

    /// <summary>The method is the user's default and cannot be deleted (docs/graph.md#default-method-and-deletion).</summary>
    DefaultMethod,

    /// <summary>Mobile cannot be deleted under an alternateMobile (docs/graph.md#phone-constraints).</summary>
    AlternateMobileFirst,

    /// <summary>alternateMobile cannot be added without mobile (docs/graph.md#phone-constraints).</summary>
    MobileFirst,

    /// <summary>The tenant's policy does not allow it for this user.</summary>
    DisabledByPolicy,

    /// <summary>A licence is missing.</summary>
    Licence,

    /// <summary>Not possible in a B2C tenant.</summary>
    B2C,

    /// <summary>No valid token: credential problem.</summary>
    Unauthenticated,

    /// <summary>The token lacks a permission, or the user is privileged.</summary>
    Forbidden,

    /// <summary>Throttled; never a user's failure.</summary>
    Throttled,

    /// <summary>5xx: the write may or may not have been applied.</summary>
    ServiceFailure,

    /// <summary>No answer in time: the write may or may not have been applied.</summary>
    TimedOut,

    /// <summary>The connection broke after the request left: the write may or may not have been applied.</summary>
    ConnectionBroken,

    /// <summary>No connection; nothing was sent.</summary>
    NoConnection,

    /// <summary>The answer could not be understood, or something else than the service gave it (a proxy, a
    /// gateway, a captive portal): it says nothing of users, permissions or credentials.</summary>
    UnreadableAnswer,

    /// <summary>A link or redirect to a foreign origin; not followed, no token sent there.</summary>
    ForeignLink,

    /// <summary>The answer holds masked numbers.</summary>
    Masked,
}
