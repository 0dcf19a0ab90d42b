using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>One line of a journal: an intent (no outcome) or an outcome.</summary>
public sealed record JournalEntry(string Uid, int Index, DateTimeOffset At, OperationResult? Outcome);
