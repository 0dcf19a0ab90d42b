namespace ProvisioningConnector.Engine.Runs.Undo;

/// <summary>Under which terms a run is undone.</summary>
/// <param name="Now">When.</param>
/// <param name="MaxAge">What was sent longer ago stays (<c>UndoMaxAge</c>, design 9).</param>
/// <param name="SentAt">When writes were sent of which it is not known: the run's end or beginning.</param>
/// <param name="Source">What the source says today; null when it was not given.</param>
public sealed record UndoTerms(DateTimeOffset Now, TimeSpan MaxAge, DateTimeOffset SentAt, UndoSource? Source);
