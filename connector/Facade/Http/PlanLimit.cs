using ProvisioningConnector.Composition.Configuration;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Facade.Access;

namespace ProvisioningConnector.Facade.Http;

/// <summary>
/// Plans of one user within an hour, of callers who may not read in full: a plan says whether a value is the current one, so without a limit numbers
/// could be tried (docs/facade.md#rights). At most <see cref="Most"/> users are remembered.
/// </summary>
internal sealed class PlanLimit(FacadeSettings settings, TimeProvider time)
{
    /// <summary>Stable code of the refusal.</summary>
    public const string Word = "tooManyPlans";

    private const int Most = 50_000;
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly RecentEntries<Plans> _plans = new(Most, Window);

    /// <summary>Counts a plan before it is shown.</summary>
    /// <param name="caller">Who asked for it.</param>
    /// <param name="tenant">In which tenant.</param>
    /// <param name="plan">What came of it; has the user's id where it is known.</param>
    /// <param name="named">The user as the request names them.</param>
    /// <exception cref="FacadeRefusal">429: they had their plans of this user.</exception>
    public void Count(Caller caller, string tenant, RunResult plan, string named)
    {
        if (caller.Can(tenant, Right.ReadFull)) return;
        string user = $"{caller.Actor} {tenant} {Id(plan) ?? named}".ToUpperInvariant();
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            Plans plans = _plans.Find(user, now) is { } known && now - known.Since < Window ? known : new Plans(0, now);
            if (plans.Number >= settings.PlansPerUser) throw new FacadeRefusal(StatusCodes.Status429TooManyRequests,
                $"This caller had {settings.PlansPerUser} plans of this user within an hour (Facade:PlansPerUser): each says whether "
                + "a value is the current one. Ask again later, or use a key with the right readFull.", plans.Since + Window - now)
            { Word = Word };
            _plans.Set(user, plans with { Number = plans.Number + 1 }, now);
        }
    }

    private static string? Id(RunResult result) => result switch
    {
        RunResult.Planned planned => planned.Plan.User?.Uid,
        RunResult.NothingToDo nothing => nothing.Plan.User?.Uid,
        RunResult.Held held => held.Plan.User?.Uid,
        RunResult.OverLimit over => over.Plan.User?.Uid,
        RunResult.Blocked blocked => blocked.User?.User?.Uid,
        _ => null,
    };

    private readonly record struct Plans(int Number, DateTimeOffset Since);
}
