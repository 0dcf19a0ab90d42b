using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Tests.Planning.Reference;

namespace ProvisioningConnector.Engine.Tests.Planning.Laws;

/// <summary>Laws about what the user can sign in with while a plan is carried out (docs/design.md#laws-of-the-planner, laws 3 and 5).</summary>
internal static class MethodLaws
{
    /// <summary>Law 3. Allow: never poorer than the poorer end. Avoid: never without any where both ends have one.</summary>
    public static string? Never_fewer_methods_than_the_poorer_end(Trial trial)
    {
        int poorer = Math.Min(trial.Worlds[0].Usable, trial.Worlds[^1].Usable);
        int services = trial.Sketch.Avoids ? Math.Min(poorer, 1) : poorer;
        foreach (World world in trial.Worlds)
        {
            if (world.Usable < services) return $"{world.Usable} methods on the way, {services} are due";
        }

        return null;
    }

    /// <summary>A row that leaves the user with a method must not, because a part of it is held, leave the user with none, whatever LastMethod says.</summary>
    public static string? Holding_a_part_never_locks_the_user_out(Trial trial)
    {
        bool wantsMethods = Intent.Goal(trial.Sketch, _ => false).Usable > 0;
        if (trial.Worlds[0].Usable == 0 || !wantsMethods) return null;
        foreach (World world in trial.Worlds)
        {
            if (world.Usable == 0) return "locked out";
        }

        return null;
    }

    /// <summary>Law 5: not between two phone writes, and at the end only a pair that was there before and was not touched.</summary>
    public static string? Under_Avoid_no_number_stands_in_two_slots(Trial trial)
    {
        if (!trial.Sketch.Avoids) return null;
        int last = trial.Last(o => o.Part == Part.Phones && o is not Operation.Prefer);
        for (int i = 0; i < last; i++)
        {
            if (trial.Plan.Operations[i] is Operation.AddPhone or Operation.UpdatePhone or Operation.DeletePhone
                && trial.Worlds[i + 1].HasDouble) return "a double on the way";
        }

        (World start, World end) = (trial.Worlds[0], trial.Worlds[^1]);
        for (int slot = 0; slot < 3; slot++)
        {
            bool written = start[slot] != end[slot];
            bool twice = end[slot] is > 0 and < World.Unreadable && Enumerable.Range(0, 3).Any(other => other != slot && end[other] == end[slot]);
            if (written && twice) return "a double at the end";
        }

        return null;
    }
}
