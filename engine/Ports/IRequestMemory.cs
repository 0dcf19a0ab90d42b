using System.Text.Json.Serialization;
namespace ProvisioningConnector.Engine.Ports;

/// <summary>
/// Requests that a caller named with a key of their own (<c>Idempotency-Key</c>), so that a repeat is answered and not done again. Any call may
/// end in a <see cref="StoreException"/>.
/// </summary>
public interface IRequestMemory
{
    /// <summary>Remembers a request unless one with its name is remembered; durable when it returns. Null: it was new. Otherwise what is remembered.</summary>
    /// <param name="request">The request, still without an answer.</param>
    /// <param name="now">What is older than its <see cref="KnownRequest.Until"/> is forgotten.</param>
    /// <param name="cancellation">Stops waiting.</param>
    ValueTask<KnownRequest?> BeginAsync(KnownRequest request, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>Keeps the answer of a request that was begun; without an answer: it is still worked on, and remembered longer.</summary>
    ValueTask EndAsync(KnownRequest request, CancellationToken cancellation);

    /// <summary>Forgets a request that came to nothing, so that a repeat is a new one.</summary>
    ValueTask ForgetAsync(string name, CancellationToken cancellation);
}

/// <summary>A request that its caller named.</summary>
/// <param name="Name">Keyed digest of caller, tenant and key.</param>
/// <param name="Content">Keyed digest of what was asked for.</param>
/// <param name="Until">Remembered until then.</param>
/// <param name="Answer">Null while it is worked on.</param>
public sealed record KnownRequest(string Name, string Content, DateTimeOffset Until, KnownAnswer? Answer = null);

/// <summary>An answer that can be given again; never one with a secret in it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The body; null for none, or where the answer held a secret.</param>
/// <param name="Tag">The entity tag; null for none.</param>
/// <param name="ReturnedSecret">The answer held a password or a pass, which is never stored.</param>
public sealed record KnownAnswer(int Status, string? Body, string? Tag, [property: JsonPropertyName("toldSecret")] bool ReturnedSecret);
