namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>Asks whether a prepared run may write, after every safeguard let it pass.</summary>
public interface IConsent
{
    /// <summary>Returns when it may.</summary>
    /// <exception cref="Model.ProvisioningException">Declined, or there is no one to ask.</exception>
    ValueTask AskAsync(PreparedRun run, CancellationToken cancellation);
}

/// <summary>Of callers who consent by asking: requests of the service, schedules.</summary>
public sealed class GivenConsent : IConsent
{
    public static GivenConsent Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask AskAsync(PreparedRun run, CancellationToken cancellation) => ValueTask.CompletedTask;
}
