using System.Collections.Immutable;

namespace ProvisioningConnector.Reports.Commands;

/// <summary>Whether a plan needs the approval of a second person (docs/safety.md#approvals).</summary>
public enum ApprovalState
{
    NotNeeded,

    /// <summary>It needs one and has none.</summary>
    Missing,

    /// <summary>Someone has approved it. Whether that suffices is judged when it is applied.</summary>
    Given,
}

/// <summary>A source as it was typed, its path made absolute, with the options that it is read by.</summary>
/// <param name="Name">A full path, <c>-</c>, or a name of the configuration.</param>
/// <param name="Options">Options and their values, such as <c>--sheet</c> <c>Staff</c>.</param>
public sealed record TypedSource(string Name, ImmutableArray<string> Options)
{
    public const string StandardInput = "-";

    /// <summary>Whether it can be read only once.</summary>
    public bool IsStandardInput => Name == StandardInput;
}

/// <summary>
/// What the command that makes a report was given, and what it wrote. Commands that are proposed next repeat it, so that they mean the same files
/// and the same tenant wherever they are pasted. What is not known here is never guessed: then there is a sentence and no command.
/// </summary>
public sealed record CommandContext
{
    /// <summary>Nothing was typed, such as for answers of the service.</summary>
    public static CommandContext None { get; } = new();

    /// <summary>Full path of <c>--config</c>; null: not given.</summary>
    public string? ConfigFile { get; init; }

    /// <summary><c>--tenant</c> as typed; null: not given.</summary>
    public string? TenantOption { get; init; }

    /// <summary>The tenant that these options mean; null: not known.</summary>
    public string? Tenant { get; init; }

    /// <summary>The list; null: none was typed.</summary>
    public TypedSource? Source { get; init; }

    /// <summary>Full path of the saved plan that was written, applied or shown; null: none.</summary>
    public string? PlanFile { get; init; }

    /// <summary>Values of <c>--allow</c>.</summary>
    public ImmutableArray<string> Allow { get; init; } = [];

    /// <summary><c>--reason</c>; null: not given.</summary>
    public string? Reason { get; init; }

    public bool Incremental { get; init; }

    public ApprovalState Approval { get; init; }

    /// <summary>A change of one user as typed, without <c>--dry-run</c>; null: none was typed, or it holds a number, which is not repeated.</summary>
    public string? Change { get; init; }

    /// <summary>The words of a step of <c>migrate</c> as typed, without where its plan is saved and what it allows; empty: none was typed.</summary>
    public ImmutableArray<string> Step { get; init; } = [];

    /// <summary>The report comes before a question, so that nothing is proposed beside it.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>The plan was shown and confirmed by this command, so that a run says only what became of it.</summary>
    public bool WasShown { get; init; }

    /// <summary>How long after its end a run can be undone; null: not known.</summary>
    public TimeSpan? UndoMaxAge { get; init; }

    /// <summary>What begins a command that means the same configuration and tenant.</summary>
    /// <param name="tenant">The tenant that is meant; null: the one of the options.</param>
    /// <param name="words">The verb and what it takes.</param>
    internal string Command(string? tenant, IEnumerable<string> words)
    {
        List<string> all = ["provision", .. words];
        if (ConfigFile is not null) all.AddRange(["--config", ConfigFile]);
        string? named = tenant is null || Tenant is null || string.Equals(tenant, Tenant, StringComparison.OrdinalIgnoreCase) ? TenantOption : tenant;
        if (named is not null) all.AddRange(["--tenant", named]);
        return string.Join(' ', all.Select(ShellWord.Quote));
    }
}
