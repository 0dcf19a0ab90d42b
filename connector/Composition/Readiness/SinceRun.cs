using System.Collections.Immutable;
using System.Globalization;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Readiness;

namespace ProvisioningConnector.Composition.Readiness;

/// <summary>Which earlier run to compare with: the last one, one by its id, or the last one up to a date.</summary>
/// <param name="RunId">Null: not by its id.</param>
/// <param name="Until">Null: not by a date.</param>
internal sealed record SinceRun(string? RunId, DateOnly? Until)
{
    public static SinceRun Last { get; } = new(null, null);

    /// <summary>Reads <c>--since</c>.</summary>
    public static SinceRun Parse(string? text)
    {
        if (text is null) return Last;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? new SinceRun(null, date) : new SinceRun(text, null);
    }

    /// <param name="earlier">Earlier runs, oldest first.</param>
    /// <param name="live">Whether this run reads everybody live; unless one is named, only runs of the same kind are compared.</param>
    /// <returns>Null: there is no earlier run, and none was named.</returns>
    /// <exception cref="ProvisioningException">A run or date was named and there is none.</exception>
    public ReadinessSnapshot? Find(ImmutableArray<ReadinessSnapshot> earlier, bool live)
    {
        if (RunId is { } id)
        {
            return earlier.LastOrDefault(run => run.RunId.Equals(id, StringComparison.OrdinalIgnoreCase))
                ?? throw Missing($"The store has no readiness run '{id}' of this tenant.", earlier);
        }

        if (Until is not { } date) return earlier.LastOrDefault(run => run.Live == live);
        return earlier.LastOrDefault(run => DateOnly.FromDateTime(run.At.UtcDateTime) <= date)
            ?? throw Missing($"The store has no readiness run of this tenant up to {date:yyyy-MM-dd}.", earlier);
    }

    private static ProvisioningException Missing(string message, ImmutableArray<ReadinessSnapshot> earlier) => new("unknownRun", message,
        earlier.IsEmpty ? "Run without --since first." : $"The oldest is {earlier[0].RunId} of {earlier[0].At:yyyy-MM-dd}, the newest {earlier[^1].RunId}.");
}
