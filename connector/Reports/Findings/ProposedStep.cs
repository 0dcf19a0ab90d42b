namespace ProvisioningConnector.Reports.Findings;

/// <summary>Something to do next.</summary>
/// <param name="Text">What and why, one sentence; ends with a colon where a command follows, else with a full stop.</param>
/// <param name="Command">A command that can be pasted as it is; null: none.</param>
internal sealed record ProposedStep(string Text, string? Command = null)
{
    /// <summary>A sentence, with a command where one is known.</summary>
    /// <param name="text">The sentence without its end.</param>
    /// <param name="command">Null: not enough is known to propose one.</param>
    public static ProposedStep From(string text, string? command) => new(command is null ? $"{text}." : $"{text}:", command);
}
