namespace ProvisioningConnector.Sandbox.Journal;

/// <summary>One logical request as it was asked and answered. Items of a batch are recorded one by one.</summary>
/// <param name="Number">Counts from 1 in the order of answering.</param>
/// <param name="Kind">The endpoint's name as fault plans use it, for example <c>phone.create</c>.</param>
/// <param name="Status">0: the connection was broken instead of an answer.</param>
/// <param name="Applied">Whether a write took effect.</param>
/// <param name="BatchItem">The item's id when it came in a batch.</param>
public sealed record RecordedRequest(
    long Number, DateTimeOffset At, string Method, string Path, string Kind, Guid? UserId, string? Body,
    int Status, bool Applied, string? ClientRequestId, Guid RequestId, string? BatchItem);
