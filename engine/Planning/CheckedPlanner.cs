using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>
/// Plans with a second opinion on the numbers that would be written: warnings, and the user's phones held where a policy says so. Without an opinion
/// it plans as <see cref="Planner"/> does.
/// </summary>
/// <param name="opinion">Asked only where a number is to be written; null: there is none.</param>
/// <param name="isOfAll">Asks about the wanted numbers that are there already too.</param>
public sealed class CheckedPlanner(INumberOpinion? opinion, bool isOfAll = false)
{
    /// <summary>Plans as <see cref="Planner"/> does.</summary>
    public static CheckedPlanner None { get; } = new(null);

    /// <summary>The plan for one user.</summary>
    public UserPlan Plan(PlanRequest request)
    {
        UserPlan plan = Planner.Plan(request);
        if (opinion is null) return plan;
        // A user is planned again when more is held; what was said of the numbers is said again.
        HoldReason? held = request.Holds.Parts.GetValueOrDefault(Part.Phones) is { } phones && NumberRules.IsHold(phones.Code) ? phones : null;
        ImmutableArray<(PhoneType Slot, PhoneNumber Number)> written = held is null ? Written(plan) : Wanted(request, isOfAll: false);
        ImmutableArray<NumberObjection> objections = Ask(written, opinion, request.Policy.Numbers);
        HoldReason? hold = held ?? objections.Where(static one => one.Policy == NumberPolicy.Hold).Select(static one => one.ToHold()).FirstOrDefault();
        if (held is null && hold is not null) plan = Planner.Plan(request with { Holds = request.Holds.WithPart(Part.Phones, hold) });
        ImmutableArray<NumberObjection> others = isOfAll ? Ask(Wanted(request, isOfAll: true).Except(written), opinion, request.Policy.Numbers) : [];
        // What holds the phones is said by the hold.
        IEnumerable<NumberObjection> warnings = objections.Where(one => one.Policy != NumberPolicy.Hold || one.ToHold() != hold).Concat(others);
        return plan with { Diagnostics = [.. plan.Diagnostics, .. warnings.Select(static one => one.ToWarning())] };
    }

    private static ImmutableArray<NumberObjection> Ask(
        IEnumerable<(PhoneType Slot, PhoneNumber Number)> numbers, INumberOpinion opinion, NumberPolicies policies) =>
        [.. numbers.SelectMany(one => NumberRules.Judge(one.Slot, one.Number, opinion.Judge(one.Number), policies))];

    private static ImmutableArray<(PhoneType Slot, PhoneNumber Number)> Written(UserPlan plan) =>
    [
        .. plan.Operations.SelectMany(static operation => operation switch
        {
            Operation.AddPhone add => ((PhoneType, PhoneNumber)[])[(add.Slot, add.Number)],
            Operation.UpdatePhone update => [(update.Slot, update.Number)],
            _ => [],
        }).Distinct(),
    ];

    private static ImmutableArray<(PhoneType Slot, PhoneNumber Number)> Wanted(PlanRequest request, bool isOfAll)
    {
        ImmutableArray<(PhoneType, PhoneNumber)>.Builder wanted = ImmutableArray.CreateBuilder<(PhoneType, PhoneNumber)>();
        foreach (PhoneType slot in (PhoneType[])[PhoneType.Mobile, PhoneType.AlternateMobile, PhoneType.Office])
        {
            if (request.Desired[slot].TryGet(out PhoneNumber number) && (isOfAll || !request.Current[slot].Holds(number))) wanted.Add((slot, number));
        }

        return wanted.ToImmutable();
    }
}
