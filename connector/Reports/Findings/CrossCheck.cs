using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>What is worth knowing across all users, whatever is done to each: whom the end of
/// SMS and voice will hit, whose default moves (docs/graph.md#default-method-and-deletion, docs/graph.md#changes-and-retirement).</summary>
/// <param name="What">What is counted, with the number of users.</param>
/// <param name="Count">All of them, users without an entry included.</param>
/// <param name="Names">The first that have an entry.</param>
internal sealed record CrossCheck(string What, long Count, ImmutableArray<string> Names)
{
    public const int MostNames = 50;

    /// <summary>Those that found someone.</summary>
    public static IEnumerable<CrossCheck> From(ReportHeader head, FindingCounter tally)
    {
        bool run = head is RunDocument;
        // Those are the very people whom invitations are for.
        bool invites = head.Origin is PlanOrigin.Migration { Step: PlanOrigin.Migration.Invite };
        CrossCheck[] all =
        [
            new(run
                ? $"As planned, {Quantity.Of(head.Summary.OnlyPhone, "user has", "users have")} a phone as their only method"
                : $"{Users(head.Summary.OnlyPhone)} will have a phone as their only method",
                invites ? 0 : head.Summary.OnlyPhone, tally.OnlyPhoneNames),
            new(run
                ? $"As planned, the default method of {Users(head.Summary.DefaultMoving)} moved"
                : $"The default method of {Users(head.Summary.DefaultMoving)} will move",
                head.Summary.DefaultMoving, tally.DefaultMovesNames),
        ];
        return all.Where(c => c.Count > 0);
    }

    /// <summary>The count, and at most so many names. Users who are equal have no entry and so no name.</summary>
    public string Line(int most)
    {
        string names = string.Join(", ", Names.Take(most));
        long unnamed = Count - Math.Min(most, Names.Length);
        string more = unnamed > 0 ? $", … and {Quantity.Of(unnamed)} more" : "";
        return names.Length == 0 ? $"{What}." : $"{What}: {names}{more}.";
    }

    private static string Users(long count) => Quantity.Of(count, "user");
}
