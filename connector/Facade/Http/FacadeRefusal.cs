namespace ProvisioningConnector.Facade.Http;

/// <summary>A request comes to nothing for a reason that its caller is told, from wherever it is found.</summary>
/// <param name="code">HTTP status, 4xx or 5xx.</param>
/// <param name="message">For the caller; no full number, no secret.</param>
/// <param name="retryAfter">When to try again; null: not said.</param>
internal sealed class FacadeRefusal(int code, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public int Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Stable word for programs, in problem details; null: as the status has it.</summary>
    public string? Word { get; init; }

    public static FacadeRefusal NotFound(PathString path) => new(StatusCodes.Status404NotFound, ErrorReply.NotFound(path));
}
