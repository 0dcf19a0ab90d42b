using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A user as read, with the plan from there.</summary>
/// <param name="Settled">What the change comes to without a write; null when there is something to write.</param>
/// <param name="Plan">The plan; null when there is none.</param>
/// <param name="Now">What was read; null when that failed.</param>
internal readonly record struct ChangePreview(RunResult? Settled, PlannedUser? Plan = null, CurrentMethods? Now = null);
