using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;

namespace ProvisioningConnector.Engine.Planning;

/// <summary>A user as far as moves of numbers are concerned.</summary>
/// <param name="Uid">Object id; compared ignoring case.</param>
/// <param name="Name">User principal name.</param>
public sealed record Mover(string Uid, string Name)
{
    /// <summary>The number that signs the user in by SMS now; empty: none.</summary>
    public PhoneNumber SignsInWith { get; init; }

    /// <summary>Whether the user's plan frees <see cref="SignsInWith"/>: another mobile, none, or SMS sign-in off.</summary>
    public bool Frees { get; init; }

    /// <summary>The mobile number that the user's plan writes, or switches SMS sign-in on for; empty: none.</summary>
    public PhoneNumber Takes { get; init; }

    /// <summary>Whether taking the number while another user signs in with it would cost this user SMS sign-in.</summary>
    public bool CanLose { get; init; }

    /// <summary>Whether a user without SMS sign-in is to have it with the number: they go before others who are to get it.</summary>
    public bool Wants { get; init; }

    /// <summary>Whether SMS sign-in may be switched off on the way: nothing holds it.</summary>
    public bool CanSwitchOff { get; init; }

    /// <summary>Whether an earlier run left the user without the SMS sign-in that they had.</summary>
    public bool IsOwed { get; init; }
}

/// <summary>What becomes of one user: held, or ordered among others.</summary>
public readonly record struct MoveDecision(HoldReason? Hold, NumberMove? Move);

/// <summary>
/// Orders users over numbers that sign in one user at a time (docs/design.md#numbers-that-move-between-users): who waits for whom, who must not take a
/// number, and who frees a number first where users exchange theirs in a circle. Pure, and independent of the order of its input.
/// </summary>
public sealed class MoveGraph
{
    private readonly ImmutableArray<Mover> _movers;
    private readonly Dictionary<PhoneNumber, Mover> _holders = [];
    private readonly Dictionary<PhoneNumber, Mover> _losers = [];
    private readonly Dictionary<PhoneNumber, Mover> _wanting = [];
    private readonly ILookup<PhoneNumber, Mover> _switchedOff;
    private readonly Dictionary<string, HoldReason> _held = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _first = new(StringComparer.OrdinalIgnoreCase);

    private MoveGraph(IEnumerable<Mover> movers)
    {
        _movers = [.. movers.OrderBy(m => m.Uid, StringComparer.OrdinalIgnoreCase)];
        _switchedOff = _movers.Where(m => !m.SignsInWith.IsEmpty && !m.CanLose && !m.Takes.IsEmpty).ToLookup(m => m.Takes);
    }

    /// <summary>Decisions by object id; users whom no move concerns are left out.</summary>
    /// <param name="movers">Everybody who signs in with a number that another one wants, and everybody who is to get a number.</param>
    /// <param name="unread">Numbers that are wanted, too, by users who were not read.</param>
    public static ImmutableDictionary<string, MoveDecision> Decide(IEnumerable<Mover> movers, IReadOnlySet<PhoneNumber> unread)
    {
        ArgumentNullException.ThrowIfNull(movers);
        ArgumentNullException.ThrowIfNull(unread);
        MoveGraph graph = new(movers);
        graph.FindHolders();
        graph.HoldTakers(unread);
        graph.BreakCircles();
        return graph.Decisions();
    }

    /// <summary>One user per number; of two (a reading may be old) the one who keeps it.</summary>
    private void FindHolders()
    {
        foreach (Mover mover in _movers)
        {
            if (mover.SignsInWith.IsEmpty) continue;
            if (!_holders.TryGetValue(mover.SignsInWith, out Mover? other) || (other.Frees && !mover.Frees)) _holders[mover.SignsInWith] = mover;
        }
    }

    private void HoldTakers(IReadOnlySet<PhoneNumber> unread)
    {
        ILookup<PhoneNumber, Mover> wanted = _movers.Where(m => m.CanLose && !m.Takes.IsEmpty).ToLookup(m => m.Takes);
        foreach (IGrouping<PhoneNumber, Mover> takers in wanted) _losers[takers.Key] = takers.First();
        foreach (Mover taker in _movers.Where(m => m.Wants).OrderByDescending(m => m.IsOwed)) _wanting.TryAdd(taker.Takes, taker);
        foreach (IGrouping<PhoneNumber, Mover> takers in wanted.Where(group => group.Skip(1).Any()))
        {
            foreach (Mover taker in takers) Hold(taker, MoveHolds.WantedTwice(taker.Takes, takers.First(other => other != taker).Name));
        }

        foreach (Mover taker in _losers.Values)
        {
            if (unread.Contains(taker.Takes)) Hold(taker, MoveHolds.Unread(taker.Takes));
            else if (HolderOf(taker) is { Frees: false } keeper) Hold(taker, MoveHolds.Kept(taker.Takes, keeper.Name));
        }
    }

    /// <summary>Who must not take a number keeps their own, so no one else may take that one either.</summary>
    private void Hold(Mover taker, HoldReason reason)
    {
        for (Mover? next = taker; next is not null && _held.TryAdd(next.Uid, reason);)
        {
            Mover keeper = next;
            reason = MoveHolds.Kept(keeper.SignsInWith, keeper.Name);
            next = _losers.GetValueOrDefault(keeper.SignsInWith);
            if (next is not null && !ReferenceEquals(HolderOf(next), keeper)) next = null;
        }
    }

    /// <summary>Users who can lose SMS sign-in follow one another in chains and circles: each takes one number that no other of them takes.</summary>
    private void BreakCircles()
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (Mover start in _losers.Values.OrderBy(m => m.Uid, StringComparer.OrdinalIgnoreCase))
        {
            List<Mover> way = [];
            Mover? next = start;
            while (next is { CanLose: true } && !_held.ContainsKey(next.Uid) && seen.Add(next.Uid))
            {
                way.Add(next);
                next = HolderOf(next);
            }

            int back = next is null ? -1 : way.FindIndex(m => ReferenceEquals(m, next));
            if (back >= 0) Break(way[back..]);
        }
    }

    private void Break(List<Mover> circle)
    {
        if (circle.Where(m => m.CanSwitchOff).MinBy(m => m.Uid, StringComparer.OrdinalIgnoreCase) is { } first)
        {
            _first.Add(first.Uid);
            return;
        }

        foreach (Mover one in circle) _held.TryAdd(one.Uid, MoveHolds.Circle(one.Takes));
    }

    private ImmutableDictionary<string, MoveDecision> Decisions()
    {
        Dictionary<string, NumberMove> moves = new(StringComparer.OrdinalIgnoreCase);
        foreach (Mover mover in _movers)
        {
            if (_held.ContainsKey(mover.Uid)) continue;
            ImmutableArray<MovePartner> before = WaitsFor(mover);
            SignInNeed need = _first.Contains(mover.Uid) ? SignInNeed.FreeFirst
                : mover.IsOwed || (mover.CanLose && !before.IsEmpty) ? SignInNeed.Keep
                : SignInNeed.None;
            if (!before.IsEmpty || need != SignInNeed.None) moves[mover.Uid] = new NumberMove { SignIn = need, WaitsFor = before };
        }

        foreach (Mover mover in _movers)
        {
            foreach (MovePartner partner in moves.TryGetValue(mover.Uid, out NumberMove? move) ? move.WaitsFor : [])
            {
                NumberMove awaited = moves.GetValueOrDefault(partner.Uid) ?? new NumberMove();
                bool isTo = partner.HasNumber && (awaited.To is null || mover.CanLose);
                moves[partner.Uid] = awaited with { IsAwaited = true, To = isTo ? new MovePartner(mover.Uid, mover.Name) : awaited.To };
            }
        }

        ImmutableDictionary<string, MoveDecision>.Builder all = ImmutableDictionary.CreateBuilder<string, MoveDecision>(StringComparer.OrdinalIgnoreCase);
        foreach ((string uid, HoldReason reason) in _held) all[uid] = new MoveDecision(reason, null);
        foreach ((string uid, NumberMove move) in moves) all[uid] = new MoveDecision(null, move);
        return all.ToImmutable();
    }

    /// <summary>
    /// First the user who has the number; then those who are to get it and are switched off afterwards; then the one who keeps SMS sign-in, or is to have it;
    /// then all others. Users who sign in and are not to any more wait for no one, so no circle goes through them.
    /// </summary>
    private ImmutableArray<MovePartner> WaitsFor(Mover taker)
    {
        bool isSwitchedOff = !taker.SignsInWith.IsEmpty && !taker.CanLose;
        if (taker.Takes.IsEmpty || isSwitchedOff) return [];
        if (!taker.CanLose && Other(_losers, taker) is { } loser) return [new MovePartner(loser.Uid, loser.Name, IsRequired: true)];
        if (!taker.CanLose && !taker.IsOwed && Other(_wanting, taker) is { } wanting && (wanting.IsOwed || !taker.Wants))
        {
            return [new MovePartner(wanting.Uid, wanting.Name, IsRequired: wanting.IsOwed)];
        }

        ImmutableArray<MovePartner>.Builder before = ImmutableArray.CreateBuilder<MovePartner>();
        if (HolderOf(taker) is { Frees: true } holder && !_held.ContainsKey(holder.Uid))
        {
            before.Add(new MovePartner(holder.Uid, holder.Name, HasNumber: true, IsRequired: taker.CanLose));
        }

        foreach (Mover off in _switchedOff[taker.Takes].Where(m => before.All(p => p.Uid != m.Uid))) before.Add(new MovePartner(off.Uid, off.Name));
        return before.ToImmutable();
    }

    private Mover? Other(Dictionary<PhoneNumber, Mover> takers, Mover taker) =>
        takers.GetValueOrDefault(taker.Takes) is { } other && other != taker && !_held.ContainsKey(other.Uid) ? other : null;

    /// <summary>Who signs in now with the number that a user is to get; null: no one else.</summary>
    private Mover? HolderOf(Mover taker) =>
        _holders.GetValueOrDefault(taker.Takes) is { } holder && !string.Equals(holder.Uid, taker.Uid, StringComparison.OrdinalIgnoreCase) ? holder : null;
}

/// <summary>Why a user must not take a number (docs/design.md#codes-of-holds).</summary>
internal static class MoveHolds
{
    private const string WhatToDo = "Correct the source, or switch SMS sign-in off ('smsSignIn') for the user who does not need it; then plan again.";

    public static HoldReason Kept(PhoneNumber number, string keeper) => Hold(
        $"'{keeper}' signs in by SMS with the number {number.Masked()} and keeps it, and a number can sign in one user only: "
        + $"this user, who signs in by SMS too, would lose that. {WhatToDo}");

    public static HoldReason WantedTwice(PhoneNumber number, string other) => Hold(
        $"The number {number.Masked()} is to become the mobile of '{other}' too, both sign in by SMS, and a number can sign in one user only. {WhatToDo}");

    public static HoldReason Unread(PhoneNumber number) => Hold(
        $"Another row names the number {number.Masked()} for a user who was not read, so it is not known whether that user signs in with it: "
        + "this user, who signs in by SMS, might lose that. See the other row; a run without --incremental reads everybody.");

    public static HoldReason Circle(PhoneNumber number) => Hold(
        $"Users exchange their numbers in a circle ({number.Masked()}), and none of them may have SMS sign-in switched off for a moment, "
        + "because their SMS sign-in is held. Settle that first.");

    private static HoldReason Hold(string message) => new(HoldCodes.NumberNotFree, Standing: false, message);
}
