using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Actions;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Graph.Credentials;

namespace ProvisioningConnector.Host.Cli.Actions;

/// <summary>What all actions take.</summary>
/// <param name="User">As typed.</param>
/// <param name="DryRun">Show the plan and end.</param>
/// <param name="Yes">Do not ask.</param>
internal sealed record ActionArguments(string User, bool DryRun, bool Yes);

/// <summary>One action as the command line asks for it.</summary>
/// <param name="Make">The action; from the tenant's settings and, where <paramref name="NeedsToken"/>, what the writing token says of itself.</param>
/// <param name="Given">A password that someone chose, asked for when the command line is known to be right; null: none.</param>
/// <param name="NeedsToken">The writing token decides how it is done.</param>
internal sealed record ActionOrder(Func<TenantSettings, TokenFacts, UserAction> Make, Func<GivenPassword, Secret?>? Given = null, bool NeedsToken = false);
