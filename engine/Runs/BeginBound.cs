namespace ProvisioningConnector.Engine.Runs;

/// <summary>How many users may begin (docs/cli.md#options-of-verbs).</summary>
/// <param name="Most">Null: all.</param>
/// <param name="MayExceed">Whether users who hang together begin although they are more than that, when no one else has begun.</param>
internal readonly record struct BeginBound(long? Most, bool MayExceed = false);
