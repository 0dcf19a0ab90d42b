namespace ProvisioningConnector.Stores.Runs;

/// <summary>The runs that a store has, changes of single users among them.</summary>
/// <param name="Whole">With their users and operations.</param>
/// <param name="Heads">Of which only the counts are left.</param>
public readonly record struct KeptRuns(long Whole, long Heads);
