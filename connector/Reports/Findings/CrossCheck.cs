using System.Collections.Immutable;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>What is worth knowing across all users, whatever is done to each: whom the end of
/// SMS and voice will hit, whose default moves (docs/graph.md#default-method-and-deletion, docs/graph.md#changes-and-retirement).</summary>
/// <param name="What">What is counted.</param>
/// <param name="Count">All of them, users without an entry included.</param>
/// <param name="Names">The first that have an entry.</param>
internal sealed record CrossCheck(string What, long Count, ImmutableArray<string> Names)
{
    public const int MostNames = 50;

    /// <summary>Those that found someone.</summary>
    public static IEnumerable<CrossCheck> From(ReportHeader head, FindingCounter tally)
    {
        bool run = head is RunDocument;
        CrossCheck[] all =
        [
            new(run ? "Only usable method is a phone, as planned, of what can be read" : "Only usable method will be a phone, of what can be read",
                head.Summary.OnlyPhone, tally.OnlyPhoneNames),
            new(run ? "Default method moved, as planned" : "Default method will move", head.Summary.DefaultMoving, tally.DefaultMovesNames),
        ];
        return all.Where(c => c.Count > 0);
    }

    /// <summary>The count, and at most so many names. Users who are equal have no entry and so no name.</summary>
    public string Line(int most)
    {
        string names = string.Join(", ", Names.Take(most));
        long unnamed = Count - Math.Min(most, Names.Length);
        string more = unnamed > 0 ? $", … and {Findings.Count.Format(unnamed)} more" : "";
        return $"{What}: {Findings.Count.Format(Count, "user")}{(names.Length == 0 ? "" : $" ({names}{more})")}";
    }
}
