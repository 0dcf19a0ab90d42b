namespace ProvisioningConnector.Engine.Planning;

/// <summary>Whether an existing value may be changed or removed.</summary>
public enum OverwritePolicy : byte { Always, WhenEmpty }

/// <summary>Whether a phone is put on a user who has a stronger method, or any method.</summary>
public enum AddPhonePolicy : byte { Always, NoStronger, NoMethod }

/// <summary>Whether one number may stand in two slots of one user on the way (unknown of the service: docs/graph.md#duplicate-numbers).</summary>
public enum SameNumberPolicy : byte { Allow, Avoid }

/// <summary>What becomes of a lone alternateMobile.</summary>
public enum AlternateOnlyPolicy : byte { Refuse, Promote }

/// <summary>Whether a user may go from at least one usable method to none.</summary>
public enum LastMethodPolicy : byte { Refuse, Allow }

/// <summary>What happens when the user's default method would be deleted.</summary>
public enum DefaultMethodPolicy : byte { Leave, Switch }

/// <summary>What happens to a value that differs though its source row did not change.</summary>
public enum DriftPolicy : byte { Hold, SourceWins }

/// <summary>Whether guests, or disabled accounts, are managed.</summary>
public enum AccountPolicy : byte { Manage, Hold }

/// <summary>Whether phones are provisioned, or no longer since they are retired (docs/retirement.md#keep-removed-phones-away).</summary>
public enum PhonesPolicy : byte { Manage, Retired }

/// <summary>The planner's policies of one tenant (docs/design.md#policies). The first named value is the default.</summary>
public sealed record PlanningPolicy
{
    private readonly NumberPolicies? _numbers;
    private readonly HeldNights? _heldIsFinding;

    public static PlanningPolicy Default { get; } = new();

    public OverwritePolicy Overwrite { get; init; }

    public AddPhonePolicy AddPhone { get; init; }

    public SameNumberPolicy SameNumberInTwoSlots { get; init; }

    public AlternateOnlyPolicy AlternateOnly { get; init; }

    public LastMethodPolicy LastMethod { get; init; }

    public DefaultMethodPolicy DefaultMethod { get; init; }

    public bool KeepDefault { get; init; }

    public DriftPolicy Drift { get; init; }

    public AccountPolicy Guests { get; init; }

    public AccountPolicy Disabled { get; init; }

    /// <summary>Whether phones that are wanted are put into empty slots. Plans of earlier versions do not have it.</summary>
    public PhonesPolicy Phones { get; init; }

    /// <summary>What becomes of numbers that the second opinion speaks against. Plans of earlier versions do not have it.</summary>
    public NumberPolicies Numbers
    {
        get => _numbers ?? NumberPolicies.Default;
        init => _numbers = value is null || value == NumberPolicies.Default ? null : value;
    }

    /// <summary>After how many nights what is held becomes a finding. Plans of earlier versions do not have it.</summary>
    public HeldNights HeldIsFinding
    {
        get => _heldIsFinding ?? HeldNights.Default;
        init => _heldIsFinding = value is null || value == HeldNights.Default ? null : value;
    }
}
