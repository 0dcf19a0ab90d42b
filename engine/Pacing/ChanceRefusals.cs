namespace ProvisioningConnector.Engine.Pacing;

/// <summary>Distinguishes refusals that come by chance, whatever the rate, from those of a limit.</summary>
/// <remarks>
/// A refusal soon after another raises the suspicion, and <see cref="ChanceTrial"/> tries it. From then on the usual share of refusals neither holds the
/// gate nor slows it, until <see cref="UsualRefusals"/> sees more of them: that is a limit. Everything in doubt is a limit.
/// </remarks>
internal sealed class ChanceRefusals
{
    /// <summary>A service that says to wait longer, seconds, means a limit.</summary>
    public const double LongestWait = 30;

    /// <summary>Where some refusals come by chance, a look for more costs more of them until it shows: it waits for so many calls.</summary>
    private const double AlarmCalls = 200;

    /// <summary>A run of fewer accepted items between two refusals is short: where a limit is known, looks for more are rarer.</summary>
    private const double ShortRun = 60;

    /// <summary>Chance that refuses enough to matter hardly ever lets so many through in a row.</summary>
    private const double LongRun = 120;

    /// <summary>A run that takes no longer than so many holds is quick: the holds take most of the time.</summary>
    private const double QuickHolds = 2;

    /// <summary>So many quick runs in a row, or short ones, raise the suspicion.</summary>
    private const int SuspiciousQuick = 1;

    private const int SuspiciousSlow = 6;

    /// <summary>Seconds after a trial without success until the next; three times as many after each.</summary>
    private const double FirstPause = 60;
    private const double PauseFactor = 3;

    private readonly ChanceTrial _trial = new();
    private readonly UsualRefusals _usual = new();
    private double _run;
    private int _quickRuns;
    private int _shortRuns;
    private double _pause = FirstPause;
    private double _notBefore;

    /// <summary>What is being found out.</summary>
    public ChanceState State { get; private set; }

    /// <summary>A look for more waits until so many calls went through.</summary>
    public double FewestCalls => State == ChanceState.Known ? AlarmCalls : 0;

    /// <summary>The rate of a trial.</summary>
    public double TrialRate => _trial.Rate;

    /// <summary>The rate at which a limit accepted while it refused more than usual. Null when there was too little to say.</summary>
    public double? Measured { get; private set; }

    /// <summary>Whether the run that a congestion ends now was long, so that what was before it may be trusted.</summary>
    public bool RunWasLong => _run >= LongRun;

    /// <summary>A congestion that was taken for a limit.</summary>
    /// <param name="rate">The rate that was found, cost per second.</param>
    /// <param name="before">The rate that went well before refusals came.</param>
    /// <param name="seconds">What the run took, without holds.</param>
    /// <param name="hold">Seconds of the hold that follows.</param>
    /// <param name="now">The gate's clock.</param>
    public void Congested(double rate, double before, double seconds, double hold, double now)
    {
        if (_run >= ShortRun) (_quickRuns, _shortRuns) = (0, 0);
        else (_quickRuns, _shortRuns) = (seconds > QuickHolds * hold ? 0 : _quickRuns + 1, _shortRuns + 1);
        _run = 0;
        if (State != ChanceState.None || now < _notBefore || (_quickRuns < SuspiciousQuick && _shortRuns < SuspiciousSlow)) return;
        State = ChanceState.Trial;
        _trial.Begin(rate, before);
    }

    /// <summary>Items came back.</summary>
    /// <param name="accepted">How many were accepted.</param>
    /// <param name="refused">How many were refused.</param>
    /// <param name="now">The gate's clock.</param>
    /// <returns>What follows.</returns>
    public ChanceVerdict Observe(int accepted, int refused, double now)
    {
        _run += accepted;
        Measured = null;
        return State switch
        {
            ChanceState.None => refused > 0 ? ChanceVerdict.Limit : ChanceVerdict.Nothing,
            ChanceState.Trial => Conclude(_trial.Observe(accepted, refused), now),
            ChanceState.Known => Follow(accepted, refused, now),
        };
    }

    private ChanceVerdict Conclude(ChanceVerdict verdict, double now)
    {
        switch (verdict)
        {
            case ChanceVerdict.Chance:
                Know();
                _pause = FirstPause;
                break;
            case ChanceVerdict.NoChance:
                Forget(now);
                break;
            case ChanceVerdict.Limit:
                if (_trial.IsProven) Know();
                else Forget(now);
                break;
        }

        return verdict;
    }

    private ChanceVerdict Follow(int accepted, int refused, double now)
    {
        if (_usual.Observe(accepted, refused, now))
        {
            Measured = _usual.Measured;
            // Where a limit refuses again and again, what is usual is not known any more.
            if (!RunWasLong) Forget(now);
            return ChanceVerdict.Overrun;
        }

        if (_usual.AreGone) State = ChanceState.None;
        return ChanceVerdict.Nothing;
    }

    private void Know()
    {
        State = ChanceState.Known;
        _usual.Begin(_trial.Share);
    }

    private void Forget(double now)
    {
        (State, _quickRuns, _shortRuns, _notBefore) = (ChanceState.None, 0, 0, now + _pause);
        _pause *= PauseFactor;
    }
}

/// <summary>What is being found out about refusals.</summary>
internal enum ChanceState : byte
{
    /// <summary>Each is taken for a limit's.</summary>
    None,

    /// <summary>It is tried whether they come by chance.</summary>
    Trial,

    /// <summary>Some come by chance.</summary>
    Known,
}

/// <summary>What follows from an answer.</summary>
internal enum ChanceVerdict : byte
{
    Nothing,

    /// <summary>A limit refused.</summary>
    Limit,

    /// <summary>More was refused than usually comes by chance: certainly a limit.</summary>
    Overrun,

    /// <summary>The trial goes on at a higher rate.</summary>
    Faster,

    /// <summary>The trial is over: refusals come by chance.</summary>
    Chance,

    /// <summary>The trial is over: at half the rate hardly anything is refused, so it was a limit.</summary>
    NoChance,
}
