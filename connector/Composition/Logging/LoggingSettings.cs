namespace ProvisioningConnector.Composition.Logging;

/// <summary>Form of the log on stderr.</summary>
internal enum LogForm
{
    Text,
    Json,
}

/// <summary>How the program logs.</summary>
/// <param name="Form">Text, or JSON lines.</param>
/// <param name="File">Also to this file; null: only to stderr.</param>
internal sealed record LoggingSettings(LogForm Form, string? File);
