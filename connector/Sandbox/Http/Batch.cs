namespace ProvisioningConnector.Sandbox;

/// <summary>A <c>$batch</c> (graph-facts 8).</summary>
internal sealed class Batch(Dispatcher dispatcher, Call outer)
{
    public async Task<Answer?> AnswerAsync() => await dispatcher.RunAsync(outer);
}
