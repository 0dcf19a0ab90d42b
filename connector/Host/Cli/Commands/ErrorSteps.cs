using System.Collections.Immutable;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Reports.Commands;

namespace ProvisioningConnector.Host.Cli.Commands;

/// <summary>Commands that follow an error, in the order in which they are run; none where what is to be done is not a command.</summary>
internal static class ErrorSteps
{
    /// <param name="code">Code of the error.</param>
    /// <param name="options">What was typed.</param>
    public static ImmutableArray<string> From(string code, CommonOptions options) => [.. Commands(code, options).OfType<string>()];

    private static string?[] Commands(string code, CommonOptions options)
    {
        CommandContext context = options.Context;
        return code switch
        {
            "newStore" => [Again("--new-store")],
            "unproven" => [context.Verb(null, "doctor", "--probe", "probe.json"), Again()],
            "tenantHeld" => [Again("--wait")],
            "revealNeeded" => [Again("--reveal")],
            "reasonNeeded" => [Again("--reason", "TEXT")],
            "confirmationNeeded" => [Look(options), Again("--yes")],
            "approvalMissing" => Approval(options),
            "allowOnSavedPlan" => [OfPlan(options)?.Approve(null, context.Allow.Select(static value => $"--allow {value}"))],
            "selfApproval" => [OfPlan(options) is { PlanFile: { } plan } ? context.Verb(null, "show", plan) : null],
            "stale" => [Again()],
            "tenantQuarantined" => [context.Verb(null, "doctor")],
            "unknownRun" or "planAlreadyApplied" or "io" or "interrupted" or "unexpected" => [context.Verb(null, "runs")],
            "unknownKey" or "twoLiveKeys" => [context.Verb(null, "keys", "list")],
            "sourceMissing" => [Sample(options)],
            "sandboxSeed" => [context.Verb(null, "sandbox", "reset")],
            _ => [],
        };

        string? Again(params ImmutableArray<string> with) =>
            options.Typed is { HoldsNumber: false } typed ? context.Verb(null, [.. typed.Words([], with)]) : null;
    }

    /// <summary>A list to try, where nothing but the built-in sandbox is there.</summary>
    private static string? Sample(CommonOptions options) =>
        options.Typed is { Arguments: [var file, ..] } && Path.GetExtension(file) == ".csv" && SettingsFile.Read(options.ConfigFile).IsBuiltIn
            ? options.Context.Verb(null, "sandbox", "sample", "--out", file) : null;

    /// <summary>Shows what would be confirmed.</summary>
    private static string? Look(CommonOptions options)
    {
        if (OfPlan(options) is { PlanFile: { } plan }) return options.Context.Verb(null, "show", plan);
        if (options.Context.Source is not null) return options.Context.Plan(null);
        return options.Typed is { HoldsNumber: false, HasDryRun: true } typed
            ? options.Context.Verb(null, [.. typed.Words([], TypedCommand.DryRun)]) : null;
    }

    private static string?[] Approval(CommonOptions options) => OfPlan(options) is { } plan
        ? [plan.Approve(null), plan.Apply(null)]
        : [options.Context.Plan(null, saveTo: ProposedCommands.PlanFile)];

    /// <summary>Null: no saved plan was typed.</summary>
    private static CommandContext? OfPlan(CommonOptions options) =>
        options.Typed is { Verb: ["apply" or "approve" or "show"], Arguments: [var file] } && PlanFiles.IsPlan(file) ? options.Context.WithPlan(file) : null;
}
