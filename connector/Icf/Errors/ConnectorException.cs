using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Icf.Errors;

/// <summary>ICF's family of exceptions (docs/openidm.md#icf-exceptions). Closed: heads map each kind to their protocol. Messages hold no full phone
/// number.</summary>
public abstract class ConnectorException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What the change came to, when it was one; for the head's details (plan, holds, outcomes, guardrail).</summary>
    public RunResult? Change { get; init; }

    /// <summary>The stable code behind it (<c>PP…</c>, a hold's or a guardrail's code); null when there is none.</summary>
    public string? Code { get; init; }
}

/// <summary>It is there already.</summary>
public sealed class AlreadyExistsException(string message) : ConnectorException(message);

/// <summary>The connector is set up wrongly, or lacks a permission for what is asked.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : ConnectorException(message, inner);

/// <summary>The connection broke.</summary>
public sealed class ConnectionBrokenException(string message, Exception? inner = null) : ConnectorException(message, inner);

/// <summary>No connection.</summary>
public sealed class ConnectionFailedException(string message, Exception? inner = null) : ConnectorException(message, inner);

/// <summary>Other problems on the way to or from the tenant, or with the store.</summary>
public sealed class ConnectorIOException(string message, Exception? inner = null) : ConnectorException(message, inner);

/// <summary>The connector's credential was not accepted.</summary>
public sealed class InvalidCredentialException(string message, Exception? inner = null) : ConnectorException(message, inner);

/// <summary>No such user.</summary>
public sealed class UnknownUidException(string message) : ConnectorException(message);

/// <summary>Not allowed: by the tenant, by a policy or protection (held), or over a limit. Nothing was written.</summary>
public sealed class PermissionDeniedException(string message, Exception? inner = null) : ConnectorException(message, inner);

/// <summary>A value or an attribute is not accepted.</summary>
public sealed class InvalidAttributeValueException(string message, Exception? inner = null) : ConnectorException(message, inner);

/// <summary>No answer in time.</summary>
public sealed class OperationTimeoutException(string message, Exception? inner = null) : ConnectorException(message, inner);

/// <summary>The object is not of the revision asked for.</summary>
public sealed class PreconditionFailedException(string message) : ConnectorException(message);

/// <summary>May succeed later; a repeat is safe.</summary>
public sealed class RetryableException(string message, Exception? inner = null) : ConnectorException(message, inner)
{
    /// <summary>When to try again; null when no one can say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>Part of the change is done, part failed or is held; <see cref="ConnectorException.Change"/> shows which.</summary>
public sealed class PartlyDoneException(string message) : ConnectorException(message);

/// <summary>The operation does not exist here: users are neither made nor deleted by this connector.</summary>
public sealed class UnsupportedOperationException(string message) : ConnectorException(message);
