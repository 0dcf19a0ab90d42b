using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Records;

/// <summary>The most that may happen in one window.</summary>
/// <param name="Scope">Whose writes are counted.</param>
/// <param name="Span">How far back.</param>
/// <param name="Measure">What is counted.</param>
/// <param name="Most">Broken when more.</param>
public readonly record struct WindowBudget(WindowScope Scope, WindowSpan Span, WindowMeasure Measure, long Most);

/// <summary>Budgets from guardrails (docs/safety.md#limits: a percentage is of all users of the tenant).</summary>
public static class WindowBudgets
{
    /// <param name="limits">Of the tenant; they hold for all its writers together and for each of them.</param>
    /// <param name="population">All users of the tenant.</param>
    public static ImmutableArray<WindowBudget> From(GuardrailLimits limits, long population)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ImmutableArray<WindowBudget>.Builder budgets = ImmutableArray.CreateBuilder<WindowBudget>();
        foreach (WindowMeasure measure in Enum.GetValues<WindowMeasure>())
        {
            if (Limit(limits, measure).For(population, limits.MinPopulation) is not { } once) continue;
            foreach (WindowSpan span in Enum.GetValues<WindowSpan>())
            {
                long most = (long)Math.Min(Math.Floor(once * Times(limits, span)), long.MaxValue);
                foreach (WindowScope scope in Enum.GetValues<WindowScope>()) budgets.Add(new WindowBudget(scope, span, measure, most));
            }
        }

        return budgets.ToImmutable();
    }

    /// <summary>How many of them there are.</summary>
    public static long From(this AppliedWrites writes, WindowMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(writes);
        return measure switch
        {
            WindowMeasure.Deletes => writes.Delete,
            WindowMeasure.Updates => writes.Update,
            WindowMeasure.Adds => writes.Add,
            WindowMeasure.LastPhone => writes.LastPhone,
        };
    }

    private static Limit Limit(GuardrailLimits limits, WindowMeasure measure) => measure switch
    {
        WindowMeasure.Deletes => limits.MaxDeletes,
        WindowMeasure.Updates => limits.MaxUpdates,
        WindowMeasure.Adds => limits.MaxAdds,
        WindowMeasure.LastPhone => limits.MaxLastPhone,
    };

    private static decimal Times(GuardrailLimits limits, WindowSpan span) => span switch
    {
        WindowSpan.Hour => 1,
        WindowSpan.Day => limits.PerDay,
        WindowSpan.Week => limits.PerWeek,
    };
}
