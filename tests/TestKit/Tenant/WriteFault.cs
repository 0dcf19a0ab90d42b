namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>What happens to one write on its way and on the way back.</summary>
public enum WriteFault
{
    /// <summary>Applied and answered, as the service's rules say.</summary>
    None,

    /// <summary>Refused for good with 400; not applied.</summary>
    Refused,

    /// <summary>Applied, and answered with 503.</summary>
    AppliedThenError,

    /// <summary>Applied, and no answer before the time-out.</summary>
    AppliedThenSilence,

    /// <summary>Applied, and the connection breaks.</summary>
    AppliedThenBroken,

    /// <summary>Not applied, and answered with 503.</summary>
    LostWithError,

    /// <summary>Not applied, and no answer before the time-out.</summary>
    LostInSilence,

    /// <summary>Not applied, and the connection breaks.</summary>
    LostBroken,

    /// <summary>The connection breaks after a second, and the effect lands 60 s after sending.</summary>
    LateAfterBroken,

    /// <summary>No answer before the time-out; the effect lands 60 s after sending.</summary>
    LateInSilence,

    /// <summary>No connection; the request never left.</summary>
    NotSent,

    /// <summary>Applied, and answered with 409 <c>phoneNumberNotUnique</c> (a phone write; any other write is plainly applied).</summary>
    NotUnique,

    /// <summary>Refused with 429 to the end of the port's patience; not applied.</summary>
    Throttled,

    /// <summary>An add is refused with 404, because the copy that answers does not know the user yet; any other write is plainly applied.</summary>
    NotReplicated,
}
