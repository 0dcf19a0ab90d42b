using ProvisioningConnector.Engine.Execution;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.Tenant;

namespace ProvisioningConnector.Engine.Tests.Runs.Moves;

/// <summary>What must hold of people whose numbers move, worked out from what they had and what the source wants, and from nothing else.</summary>
internal static class MoveLaws
{
    /// <summary>Whether what the source wants of all of them can be at one time: no number signs in two.</summary>
    public static bool AreTogetherPossible(Person[] people)
    {
        int?[] signing = [.. people.Where(p => p.Keeps || p.SignIn == true).Select(p => p.Final)];
        return people.All(p => p.IsPossible && (p.SignIn != true || p.State != SmsSignInState.NotAllowedByPolicy))
            && signing.Length == signing.Distinct().Count();
    }

    /// <summary>Circles of people who take the number of the next one; each has to be broken once.</summary>
    public static int Circles(Person[] people)
    {
        int circles = 0;
        HashSet<int> seen = [];
        for (int at = 0; at < people.Length; at++)
        {
            List<int> way = [];
            int next = at;
            while (next >= 0 && people[next].Keeps && people[next].Final != people[next].Number && seen.Add(next))
            {
                way.Add(next);
                int? wanted = people[next].Final;
                next = Array.FindIndex(people, p => p.SignsIn && p.Number == wanted);
            }

            if (next >= 0 && way.Contains(next)) circles++;
        }

        return circles;
    }

    /// <summary>The first law that a run without faults broke; null: none.</summary>
    public static string? Broken(Person[] people, MoveBench bench, Applied run)
    {
        if (Lost(people, bench, run, isFaulty: false) is { } lost) return lost;
        int freed = bench.Tenant.Writes.Count(w => w is { Operation: Operation.SwitchSmsSignIn { Reason: Reason.FreesNumber }, AppliedAt: not null });
        if (!AreTogetherPossible(people))
        {
            return run.Succeeded ? "not all of it is possible, and the run succeeded" : null;
        }

        if (!run.Succeeded) return $"all of it is possible, and the run ended {run.Run.Outcome}";
        if (freed != Circles(people)) return $"{freed} times SMS sign-in was switched off for {Circles(people)} circles";
        for (int at = 0; at < people.Length; at++)
        {
            if (!bench.Has(at, people[at].Final)) return $"{at} does not have what the source wants";
            if ((people[at].Keeps || people[at].SignIn == true) && !bench.SignsIn(at)) return $"{at} does not sign in";
            if (people[at].SignIn == false && bench.SignsIn(at)) return $"{at} still signs in";
        }

        return null;
    }

    /// <summary>No one loses SMS sign-in in silence, and without faults no one loses it at all; no one ever has fewer methods than before and after.</summary>
    public static string? Lost(Person[] people, MoveBench bench, Applied run, bool isFaulty)
    {
        for (int at = 0; at < people.Length; at++)
        {
            Person person = people[at];
            ModelUser user = bench.Tenant[MoveBench.Uid(at)];
            if (user.History.Min(h => h.UsableCount) < Math.Min(person.Current.UsableCount, person.Final is null ? 1 : 2)) return $"{at} had too few methods";
            if (!person.SignsIn || person.SignIn == false || user.Now.Mobile.IsEmpty || bench.SignsIn(at)) continue;
            if (!isFaulty) return $"{at} lost SMS sign-in";
            if (run.IsDone(at)) return $"{at} lost SMS sign-in and is reported as done";
            if (run.Succeeded) return $"{at} lost SMS sign-in and the run succeeded";
        }

        return null;
    }

    /// <summary>Whether a person is reported as having lost SMS sign-in.</summary>
    public static bool IsReportedLost(Applied run, int at) => run[at]?.Result is { LostSmsSignIn: true } result
        && result.Diagnostics.Any(d => d.Code == ExecutionCodes.SmsSignInLost) && result.Outcome == UserOutcome.Failed;
}
