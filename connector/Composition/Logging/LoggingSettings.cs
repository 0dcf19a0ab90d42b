using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

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
internal sealed record LoggingSettings(LogForm Form, string? File)
{
    /// <summary>The least level that is logged, by category: a namespace or a class, the longest that fits counts.</summary>
    public ImmutableDictionary<string, LogLevel> Levels { get; init; } = ImmutableDictionary<string, LogLevel>.Empty;
}
