namespace ProvisioningConnector.Stores.Upkeep;

/// <summary>What was forgotten.</summary>
/// <param name="Runs">Runs that are gone, or of which only the head is left.</param>
/// <param name="Users">Their users.</param>
/// <param name="Operations">Their operations.</param>
public readonly record struct Pruned(long Runs, long Users, long Operations);
