using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>approve --tenant T --allow deletes=N --for HH:MM:SS --reason TEXT</c>: opens a limit of the facade for a number and a time.</summary>
internal static class OpenLimitVerb
{
    public static async Task<int> RunAsync(VerbContext context, string? lifetime)
    {
        CancellationToken stop = context.Stop;
        ImmutableArray<(WindowMeasure Measure, long Number)> allow = OpeningArguments.Allow(context.Options.Allow);
        TimeSpan duration = OpeningArguments.Duration(lifetime);
        string reason = OpeningArguments.Reason(context.Options.Reason);
        await using Workspace workspace = await WorkspaceOpening.OpenAsync(context, stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        ImmutableArray<LimitOverride> openings = await new LimitOverrideService(workspace.Windows, workspace.Audit,
            tenant.Identity, context.Time).OpenAsync(allow, duration, context.Actor, reason, stop);
        if (await workspace.Audit.ConcludeAsync(stop) is { } problem) await context.ReportErrorAsync(problem);
        await ResultLines.WriteAsync(
            context,
            new
            {
                kind = "openings", formatVersion = "1.0", tenant = workspace.Tenant.Name,
                openings = openings.Select(o => new { openingId = o.OpeningId, allow = o.Measure.AllowKey(),
                    guardrail = o.Measure.Guardrail(), number = o.Number, from = o.From, until = o.Until, approver = o.Approver, reason = o.Reason }),
            },
            openings.Select(o => string.Create(CultureInfo.InvariantCulture,
                $"{o.Measure.Guardrail()} of {workspace.Tenant.Name} is open for {o.Number} more until {o.Until:u}, by {o.Approver}")));
        return ExitCodes.Done;
    }
}
