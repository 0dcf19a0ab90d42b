using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning.Laws;

/// <summary>A rule that every plan must keep: null, or what is wrong.</summary>
internal delegate string? Law(Trial trial);

/// <summary>All laws of docs/design.md#laws-of-the-planner, judged over many sketches at once.</summary>
internal static class PlannerLaws
{
    private const int Shown = 5;

    public static IReadOnlyList<Law> All { get; } =
    [
        WriteLaws.Every_write_is_accepted_and_every_state_is_legal,
        WriteLaws.The_plan_ends_where_it_was_asked_to_end,
        WriteLaws.What_is_as_wanted_or_unmanaged_is_not_written,
        WriteLaws.An_impossible_goal_is_invalid_and_nothing_else_is,
        WriteLaws.Sms_sign_in_is_switched_after_mobile_is_written_and_only_when_needed,
        LengthLaws.No_legal_plan_is_shorter,
        MethodLaws.Never_fewer_methods_than_the_poorer_end,
        MethodLaws.Holding_a_part_never_locks_the_user_out,
        MethodLaws.Under_Avoid_no_number_stands_in_two_slots,
        ConvergenceLaws.The_second_plan_is_empty_and_holds_nothing_new,
        ConvergenceLaws.The_same_request_gives_the_same_plan_in_any_order_of_its_lists,
        DefaultLaws.The_default_moves_to_the_strongest_that_stays_after_the_adds,
        DefaultLaws.KeepDefault_sets_the_default_back_only_after_a_first_phone_beside_other_methods,
        DefaultLaws.A_default_that_is_not_known_is_asked_for_or_reported,
        HoldLaws.Every_policy_and_hold_is_obeyed,
        HoldLaws.Nothing_is_held_without_need,
        FigureLaws.Situation_and_figures_agree_with_the_operations,
    ];

    /// <summary>Judges every sketch by every law and fails with the first few cases that break one.</summary>
    public static void Judge(IEnumerable<Sketch> sketches) => Judge(sketches, All);

    /// <summary>Judges every sketch by these laws.</summary>
    public static void Judge(IEnumerable<Sketch> sketches, IReadOnlyList<Law> laws)
    {
        List<string> broken = [];
        int judged = 0;
        foreach (Sketch sketch in sketches)
        {
            judged++;
            Trial trial = new(sketch);
            foreach (Law law in laws)
            {
                if (law(trial) is { } wrong && broken.Count < Shown) broken.Add($"{law.Method.Name}: {wrong}\n    {trial}");
            }

            if (broken.Count == Shown) break;
        }

        if (broken.Count > 0) Assert.Fail(string.Join("\n", broken));
        Assert.That(judged, Is.GreaterThan(0));
    }
}
