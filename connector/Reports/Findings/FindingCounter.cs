using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Text;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Reports.Findings;

/// <summary>Exact counts of findings over all users of a report, and the first users of each. Memory does not grow with users.</summary>
internal sealed record FindingCounter
{
    public static FindingCounter Empty { get; } = new();

    /// <summary>Worst first, those without users left out.</summary>
    public ImmutableArray<Group> Groups { get; private init; } = [];

    /// <summary>Numbers that move between slots: each is one add and one delete.</summary>
    public long Moves { get; private init; }

    public long EndsWithFewer { get; private init; }

    /// <summary>Users whose only usable methods will be phones.</summary>
    public long OnlyPhone { get; private init; }

    /// <summary>Users whose default method is set.</summary>
    public long DefaultMoves { get; private init; }

    /// <summary>Writes that undo brings back.</summary>
    public long Undoable { get; private init; }

    /// <summary>The first of those whose only usable methods will be phones, held ones among them.</summary>
    public ImmutableArray<string> OnlyPhoneNames { get; private init; } = [];

    /// <summary>The first of those whose default method is set.</summary>
    public ImmutableArray<string> DefaultMovesNames { get; private init; } = [];

    public long PrivilegedTouched { get; private init; }

    public long LosesLastPhone { get; private init; }

    public long LeftWithNone { get; private init; }

    public long Drifted { get; private init; }

    /// <summary>Users with warnings of their own that are not under a heading of problems.</summary>
    public long Warned { get; private init; }

    /// <summary>Whether tags distinguish masked numbers somewhere.</summary>
    public bool HasTags { get; private init; }

    /// <summary>Users by what they can sign in with before, one figure for each <see cref="MethodStrength"/>.</summary>
    public IReadOnlyList<long> StrengthBefore { get; private init; } = [];

    /// <summary>The same after; of a run as it left them.</summary>
    public IReadOnlyList<long> StrengthAfter { get; private init; } = [];

    /// <summary>When the writes of a run were sent.</summary>
    public WritesOverTime Writes { get; private init; } = new();

    /// <summary>Signs that stand in the entries.</summary>
    public ImmutableSortedSet<Sign> Signs { get; private init; } = [];

    /// <summary>Counts all users and keeps the first <paramref name="keep"/> of each finding.</summary>
    public static async Task<FindingCounter> OfAsync(Report report, int keep, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(report);
        long[] counts = new long[Enum.GetValues<Finding>().Length];
        List<(UserEntry User, long Position)>[] first = [.. counts.Select(_ => new List<(UserEntry, long)>())];
        long position = 0, moves = 0, fewer = 0, only = 0, privileged = 0, none = 0, lastPhone = 0, warned = 0, drifted = 0, defaults = 0, undoable = 0;
        List<string> onlyNames = [], defaultNames = [];
        HashSet<Sign> signs = [];
        bool tags = false;
        ReasonCounter reasons = new();
        StrengthCounter strengths = new();
        WritesOverTime writes = new();
        DateTimeOffset? began = (report.Head as RunDocument)?.StartedAt;
        await foreach (UserEntry user in report.Users(cancellation).WithCancellation(cancellation))
        {
            Finding finding = Judgement.From(user);
            int index = (int)finding;
            counts[index]++;
            if (first[index].Count < keep) first[index].Add((user, position));
            position++;
            reasons.Add(user, finding);
            strengths.Add(user);
            if (began is { } begin) writes.Add(begin, user);
            signs.UnionWith(SignRules.From(user));
            tags |= Change.From(user).Any(static change => change.HasTags);
            moves += Judgement.Moves(user);
            undoable += user.Operations.Count(Judgement.IsUndoable);
            if (finding == Finding.LeftWithNone) none++;
            if (Judgement.PrivilegedTouched(user)) privileged++;
            if (Judgement.Drifted(user)) drifted++;
            if (Judgement.OnlyPhone(user) && onlyNames.Count < CrossCheck.MostNames) onlyNames.Add(user.User);
            if (Judgement.DefaultMoves(user) && ++defaults <= CrossCheck.MostNames) defaultNames.Add(user.User);
            if (user.Situation != Situation.Changed) continue;
            if (Judgement.EndsWithFewer(user)) fewer++;
            if (Judgement.OnlyPhone(user)) only++;
            if (Judgement.LosesLastPhone(user)) lastPhone++;
            if (!user.Diagnostics.IsEmpty) warned++;
        }

        return new()
        {
            Groups = [.. Enum.GetValues<Finding>().Where(f => counts[(int)f] > 0)
            .Select(f => new Group(f, counts[(int)f], [.. first[(int)f].Select(u => u.User)], [.. first[(int)f].Select(u => u.Position)])
            {
                Reasons = reasons.Of(f),
                Total = f switch
                {
                    Finding.LosesLastPhone => lastPhone, Finding.EndsWithFewer => fewer, Finding.PrivilegedTouched => privileged, _ => counts[(int)f],
                },
            })],
            Moves = moves,
            EndsWithFewer = fewer,
            OnlyPhone = only,
            Undoable = undoable,
            DefaultMoves = defaults,
            OnlyPhoneNames = [.. onlyNames],
            DefaultMovesNames = [.. defaultNames],
            PrivilegedTouched = privileged,
            LosesLastPhone = lastPhone,
            LeftWithNone = none,
            Warned = warned,
            Drifted = drifted,
            StrengthBefore = strengths.Result.Before,
            StrengthAfter = strengths.Result.After,
            Writes = writes,
            Signs = [.. signs],
            HasTags = tags,
        };
    }

    /// <summary>The users of one finding.</summary>
    /// <param name="Finding">Which.</param>
    /// <param name="Count">All of them.</param>
    /// <param name="First">The first ones in source order.</param>
    /// <param name="Positions">Where those stand among the report's users, from 0.</param>
    internal sealed record Group(Finding Finding, long Count, ImmutableArray<UserEntry> First, ImmutableArray<long> Positions)
    {
        /// <summary>All users of whom the heading is true: <see cref="Count"/> and those under a worse heading.</summary>
        public required long Total { get; init; }

        /// <summary>The heading with its figure, which is the one of the summary.</summary>
        public string Title(bool run) => Total > Count
            ? $"{Finding.Heading(run)}: {Quantity.Of(Total)}, {Quantity.Of(Total - Count)} of them above" : $"{Finding.Heading(run)}: {Quantity.Of(Count)}";

        /// <summary>Reasons that many of them share, the most frequent first.</summary>
        public ImmutableArray<SharedReason> Reasons { get; init; } = [];

        /// <summary>The first ones whose reason is their own.</summary>
        public IEnumerable<UserEntry> Others => Reasons.IsEmpty
            ? First : First.Where(user => FindingReason.Of(user, Finding) is not { } reason || Reasons.All(shared => shared.Key != reason.Key));
    }
}
