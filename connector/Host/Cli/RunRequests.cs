using ProvisioningConnector.Composition;
using ProvisioningConnector.Engine.Pipeline;

namespace ProvisioningConnector.Host.Cli;

/// <summary>Makes what is asked of the pipeline from the command's options.</summary>
internal sealed class RunRequests(CommonOptions options, Invocation invocation, Messages messages, ProgressDisplay progress)
{
    /// <param name="work">The work.</param>
    /// <param name="tenant">The tenant.</param>
    public RunRequest For(RunWork work, ReadingTenant tenant) => new()
    {
        Work = work, Actor = invocation.Actor, Reason = options.Reason, NewStore = options.NewStore, Unproven = options.Unproven, Wait = options.Wait,
        Incremental = options.Incremental,
        Allow = options.Allow, Allowances = AllowOptions.Read(options.Allow), Progress = () => progress.Open(tenant.Pacing), Notify = messages.Report,
    };
}
