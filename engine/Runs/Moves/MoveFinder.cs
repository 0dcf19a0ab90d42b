using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Runs.Moves;

/// <summary>
/// Finds, while a plan is made, who signs in with a number that another one is to get. All rows are known before the first user is read, so one pass over
/// the users is enough: exactly remembered are only users whose number a row of another user (probably) names. Users come from several flights at once.
/// </summary>
internal sealed class MoveFinder
{
    private readonly Lock _gate = new();
    private readonly NumberFilter _wanted = new();
    private readonly HashSet<PhoneNumber> _shared = [];
    private readonly HashSet<PhoneNumber> _unread = [];
    private readonly Dictionary<string, Mover> _known = new(StringComparer.OrdinalIgnoreCase);
    private bool _isAny;

    /// <summary>A row of the source.</summary>
    public void Observe(SourceRow row)
    {
        if (row.Desired.Mobile.TryGet(out PhoneNumber mobile)) _wanted.Add(mobile);
        // A lone alternate may become the mobile.
        if (row.Desired.AlternateMobile.TryGet(out PhoneNumber alternate)) _wanted.Add(alternate);
    }

    /// <summary>A row before its user is read.</summary>
    public void Observe(ResolvedRow row)
    {
        if (row.SharedBy < 2) return;
        lock (_gate)
        {
            if (row.Row.Desired.Mobile.TryGet(out PhoneNumber mobile)) _shared.Add(mobile);
            if (row.Row.Desired.AlternateMobile.TryGet(out PhoneNumber alternate)) _shared.Add(alternate);
        }
    }

    /// <summary>A user as planned at first.</summary>
    public void Observe(PlannedUser user)
    {
        if (Movers.From(user) is not { } mover)
        {
            if (user.User is not null && user.Row.Desired.Mobile.TryGet(out PhoneNumber number)) ObserveUnread(number);
            return;
        }

        bool isOwn = user.Row.Desired.Mobile.TryGet(out PhoneNumber own) && own == mover.SignsInWith;
        lock (_gate)
        {
            bool isWanted = !mover.SignsInWith.IsEmpty && (isOwn ? _shared.Contains(own) : _wanted.MayHave(mover.SignsInWith));
            bool mayBeRefused = (mover.CanLose || mover.Wants) && _shared.Contains(mover.Takes);
            if (isWanted) _known[mover.Uid] = mover;
            _isAny |= isWanted || mayBeRefused;
        }
    }

    /// <summary>Who is concerned by moves, and how, as the plans stand now.</summary>
    public async ValueTask<ImmutableDictionary<string, MoveDecision>> DecideAsync(IPlanSpool spool, CancellationToken cancellation)
    {
        if (!_isAny) return ImmutableDictionary<string, MoveDecision>.Empty;
        Dictionary<string, Mover> movers = new(_known, StringComparer.OrdinalIgnoreCase);
        HashSet<PhoneNumber> held = [.. _known.Values.Select(m => m.SignsInWith)];
        await foreach (PlannedUser user in spool.PlannedAsync(cancellation))
        {
            if (Movers.From(user) is not { } mover) continue;
            bool takes = !mover.Takes.IsEmpty && (held.Contains(mover.Takes) || _shared.Contains(mover.Takes));
            if (takes || mover.IsOwed || movers.ContainsKey(mover.Uid)) movers[mover.Uid] = mover;
        }

        return MoveGraph.Decide(movers.Values, _unread);
    }

    private void ObserveUnread(PhoneNumber number)
    {
        lock (_gate)
        {
            if (_shared.Contains(number)) _unread.Add(number);
        }
    }
}
