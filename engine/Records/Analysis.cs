namespace ProvisioningConnector.Engine.Records;

/// <summary>A plan that was made to be looked at, as it is kept: never executed, and no run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Status">How it stands, as a text of the keeper.</param>
/// <param name="Plan">The head of its plan; null when none was made.</param>
public sealed record Analysis(string Id, string Status, PlanHeader? Plan);
