using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Host.Cli.Verbs;

/// <summary><c>approve --tenant T --allow deletes=N --for HH:MM:SS --reason TEXT</c>: opens a limit of the facade for a number and a time.</summary>
internal sealed class OpenLimitVerb(
    CommonOptions options, Invocation invocation, Messages messages, WorkspaceOpening workspaces, ResultLines results)
{
    public async Task<int> RunAsync(string? lifetime, CancellationToken stop)
    {
        ImmutableArray<(WindowMeasure Measure, long Number)> allow = OpeningArguments.Allow(options.Allow);
        TimeSpan duration = OpeningArguments.Duration(lifetime);
        string reason = OpeningArguments.Reason(options.Reason);
        await using Workspace workspace = await workspaces.OpenAsync(stop);
        await using ReadingTenant tenant = await workspace.Opening().OpenAsync(await workspace.LearnedAsync(stop), stop);
        ImmutableArray<LimitOverride> openings = await new LimitOverrideService(workspace.Windows, workspace.Audit,
            tenant.Identity, workspace.Time).OpenAsync(allow, duration, invocation.Actor, reason, stop);
        if (await workspace.Audit.ConcludeAsync(stop) is { } problem) await messages.ReportErrorAsync(problem);
        await results.WriteAsync(
            new
            {
                kind = "openings", formatVersion = "1.0", tenant = workspace.Tenant.Name,
                openings = openings.Select(o => new
                {
                    openingId = o.OpeningId, allow = o.Measure.AllowKey(),
                    guardrail = o.Measure.Guardrail(), number = o.Number, from = o.From, until = o.Until, approver = o.Approver, reason = o.Reason
                }),
            },
            openings.Select(o => string.Create(CultureInfo.InvariantCulture,
                $"{o.Measure.Guardrail()} of {workspace.Tenant.Name} allows {o.Number} more until {o.Until:u}, approved by {o.Approver}")));
        return ExitCodes.Done;
    }
}
