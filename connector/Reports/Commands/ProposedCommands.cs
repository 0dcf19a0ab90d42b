using System.Collections.Immutable;

namespace ProvisioningConnector.Reports.Commands;

/// <summary>Commands to run next, for the configuration, the tenant and the files of a <see cref="CommandContext"/>. Null: not enough is known.</summary>
public static class ProposedCommands
{
    /// <summary>Where a plan is saved that is to be reviewed, unless a file was named.</summary>
    public const string PlanFile = "plan.json";

    /// <summary>The same of an undo.</summary>
    public const string UndoFile = "undo.json";

    /// <summary>Stands for what only a person can say.</summary>
    private const string Text = "TEXT";

    private const string AllowOption = "--allow";

    /// <summary>Allowances that each name one user, so that several go together.</summary>
    private static readonly string[] OfUsers = ["protected", "identityChanged"];

    /// <summary>Plan the source, or again.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="tenant">The tenant that is meant; null: the one of the options.</param>
    /// <param name="allow">Options that the next plan needs, such as <c>--allow deletes=3</c>.</param>
    /// <param name="saveTo">Where the plan is saved; null: nowhere.</param>
    public static string? Plan(this CommandContext context, string? tenant, IEnumerable<string>? allow = null, string? saveTo = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Source is not { } source) return null;
        return context.Command(tenant, ["plan", source.Name, .. Out(saveTo), .. source.Options, .. Allowed(context, allow), .. Incremental(context)]);
    }

    /// <summary>Apply the saved plan where there is one, otherwise the source. Never the source in place of a saved plan: its review would not count.</summary>
    public static string? Apply(this CommandContext context, string? tenant)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.PlanFile is { } plan) return context.Command(tenant, ["apply", plan]);
        return context.Source is { IsStandardInput: false } source
            ? context.Command(tenant, ["apply", source.Name, .. source.Options, .. Allowed(context, null), .. Incremental(context)])
            : null;
    }

    /// <summary>The change of one user again, allowing what holds it; null: it is not to be repeated.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="allow">What is allowed, such as <c>protected=dan@contoso.com</c>.</param>
    public static string? ChangeAllowing(this CommandContext context, string allow)
    {
        ArgumentNullException.ThrowIfNull(context);
        string[] more = context.Reason is null ? [AllowOption, allow, "--reason", Text] : [AllowOption, allow];
        return context.Change is { } change ? $"{change} {string.Join(' ', more.Select(ShellWord.Quote))}" : null;
    }

    /// <summary>Approve the saved plan.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="tenant">The tenant that is meant; null: the one of the options.</param>
    /// <param name="allow">What the approval is to allow, such as <c>--allow deletes=3</c>.</param>
    public static string? Approve(this CommandContext context, string? tenant, IEnumerable<string>? allow = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.PlanFile is { } plan ? context.Command(tenant, ["approve", plan, .. Words(allow), "--reason", Text]) : null;
    }

    /// <summary>Open a limit over time.</summary>
    public static string OpenLimit(this CommandContext context, string tenant, string key, long number)
    {
        ArgumentNullException.ThrowIfNull(context);
        CommandContext named = context with { TenantOption = null, Tenant = null };
        string allow = FormattableString.Invariant($"{key}={number}");
        return named.Command(null, ["approve", AllowOption, allow, "--for", "01:00:00", "--reason", Text, "--tenant", tenant]);
    }

    /// <summary>A command about a run.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="tenant">The tenant that is meant; null: the one of the options.</param>
    /// <param name="verb"><c>show</c>, <c>resume</c> or <c>recovery</c>.</param>
    /// <param name="runId">The run.</param>
    public static string OfRun(this CommandContext context, string? tenant, string verb, string runId)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Command(tenant, [verb, runId]);
    }

    /// <summary>The inverse plan of a run.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="tenant">The tenant that is meant; null: the one of the options.</param>
    /// <param name="runId">The run.</param>
    public static string Undo(this CommandContext context, string? tenant, string runId)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Command(tenant, ["undo", runId]);
    }

    /// <summary>The same inverse plan again, compared with the same source.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="tenant">The tenant that is meant; null: the one of the options.</param>
    /// <param name="runId">The run that is undone.</param>
    /// <param name="saveTo">Where the plan is saved; null: nowhere.</param>
    public static string UndoAgain(this CommandContext context, string? tenant, string runId, string? saveTo)
    {
        ArgumentNullException.ThrowIfNull(context);
        string[] source = context.Source is { } typed ? ["--source", typed.Name, .. typed.Options] : [];
        return context.Command(tenant, ["undo", runId, .. Out(saveTo), .. source, .. Allowed(context, null)]);
    }

    /// <summary>The same step of <c>migrate</c> again; null: it was not typed.</summary>
    /// <param name="context">What was typed.</param>
    /// <param name="tenant">The tenant that is meant; null: the one of the options.</param>
    /// <param name="allow">Options that the next plan needs, such as <c>--allow lastPhone=3</c>.</param>
    /// <param name="saveTo">Where the plan is saved; null: nowhere.</param>
    public static string? StepAgain(this CommandContext context, string? tenant, IEnumerable<string>? allow, string? saveTo)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Step.IsEmpty ? null : context.Command(tenant, [.. context.Step, .. Out(saveTo), .. Allowed(context, allow)]);
    }

    /// <summary>A verb that needs nothing but configuration and tenant.</summary>
    public static string Verb(this CommandContext context, string? tenant, params string[] words)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Command(tenant, words);
    }

    private static string[] Out(string? saveTo) => saveTo is null ? [] : ["--out", saveTo];

    private static string[] Incremental(CommandContext context) => context.Incremental ? ["--incremental"] : [];

    /// <summary>What was allowed, and what is to be allowed now; of one limit the latter. Tenants that are real want a reason for it.</summary>
    private static string[] Allowed(CommandContext context, IEnumerable<string>? more)
    {
        ImmutableArray<string> added = [.. Words(more).Where(static word => word != AllowOption)];
        HashSet<string> replaced = new(added.Select(Key), StringComparer.OrdinalIgnoreCase);
        string[] all = [.. context.Allow.Where(value => !replaced.Contains(Key(value))).Concat(added)];
        return all.Length == 0 ? [] : [.. all.SelectMany(static value => (string[])[AllowOption, value]), "--reason", context.Reason ?? Text];
    }

    /// <summary>Of a limit its name; of a user all of it.</summary>
    private static string Key(string value)
    {
        string name = value.Split('=', 2)[0].Trim();
        return OfUsers.Contains(name, StringComparer.OrdinalIgnoreCase) ? value : name;
    }

    private static IEnumerable<string> Words(IEnumerable<string>? options) =>
        (options ?? []).SelectMany(static option => option.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries));
}
