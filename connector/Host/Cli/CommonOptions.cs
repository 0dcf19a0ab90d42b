using System.Collections.Immutable;
using ProvisioningConnector.Reports.Commands;

namespace ProvisioningConnector.Host.Cli;

/// <summary>How progress is reported on stderr.</summary>
internal enum ProgressForm
{
    Auto,
    Plain,
    Json,
    None,
}

/// <summary>The options that every verb understands (docs/cli.md#options).</summary>
internal sealed record CommonOptions
{
    public string? ConfigFile { get; init; }

    public string? Tenant { get; init; }

    public OutputFormat Format { get; init; }

    public ImmutableArray<string> Reports { get; init; } = [];

    public bool Reveal { get; init; }

    public bool Quiet { get; init; }

    public bool Verbose { get; init; }

    public bool NoColor { get; init; }

    public ImmutableArray<string> Allow { get; init; } = [];

    public string? Reason { get; init; }

    public bool DetailedExitCode { get; init; }

    public bool Incremental { get; init; }

    public bool Delta { get; init; }

    /// <summary>Someone says that the store is new to this tenant.</summary>
    public bool NewStore { get; init; }

    /// <summary>Why a step of <c>migrate</c> may write without a probe.</summary>
    public string? Unproven { get; init; }

    /// <summary>Wait for another run that holds the tenant.</summary>
    public bool Wait { get; init; }

    public ProgressForm Progress { get; init; }

    public string? Rejects { get; init; }

    /// <summary>The command itself; null: it was not typed.</summary>
    public TypedCommand? Typed { get; init; }

    /// <summary>What commands that are proposed next repeat of this one.</summary>
    public CommandContext Context { get; init; } = CommandContext.None;
}
