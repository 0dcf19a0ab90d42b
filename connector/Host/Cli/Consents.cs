using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Host.Cli;

/// <summary>How the person at the terminal agrees to what is written.</summary>
internal sealed class Consents(CommonOptions options, Terminal terminal, ReportOutput reports)
{
    /// <summary>To a plan, or to the change of one user, before the first write.</summary>
    /// <param name="workspace">For masks and evidence.</param>
    /// <param name="yes">Do not ask.</param>
    public IConsent ToPlan(Workspace workspace, bool yes) => new PlanConsent(options, terminal, reports, workspace, yes);

    /// <summary>To what is left of a run.</summary>
    /// <param name="workspace">For masks and evidence.</param>
    /// <param name="yes">Do not ask.</param>
    public IConsent ToRest(Workspace workspace, bool yes) => new ResumeConsent(terminal, reports, workspace, yes);
}
