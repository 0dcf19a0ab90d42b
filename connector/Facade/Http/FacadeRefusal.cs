namespace ProvisioningConnector.Facade.Http;

/// <summary>A request is refused for a reason that the caller may see.</summary>
/// <param name="code">HTTP status, 4xx or 5xx.</param>
/// <param name="message">For the caller; no full number, no secret.</param>
/// <param name="retryAfter">When to try again; null: not said.</param>
internal sealed class FacadeRefusal(int code, string message, TimeSpan? retryAfter = null) : Exception(message)
{
    public int Code { get; } = code;

    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>Stable word for programs, in problem details; null: as the status has it.</summary>
    public string? Word { get; init; }

    /// <summary>Stable code of every answer that says that the process stops.</summary>
    public const string Stopping = "stopping";

    /// <summary>When to try again after that: another process serves then, or this one anew.</summary>
    private static readonly TimeSpan StoppedAgain = TimeSpan.FromSeconds(5);

    /// <summary>The process stops, and nothing was done for this request.</summary>
    public static FacadeRefusal NotBegun() => new(StatusCodes.Status503ServiceUnavailable,
        "The service is stopping. Nothing was done. Send the request again in a moment.", StoppedAgain)
    { Word = Stopping };

    /// <summary>The process stops, and this request could not be finished in time.</summary>
    public static FacadeRefusal Unfinished() => new(StatusCodes.Status503ServiceUnavailable,
        "The service is stopping and did not finish this. Send the request again: a repeat sends only what is left.", StoppedAgain)
    { Word = Stopping };

    public static FacadeRefusal NotFound(PathString path) => new(StatusCodes.Status404NotFound, ErrorReply.NotFound(path));
}
