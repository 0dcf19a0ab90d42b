using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Pipeline;

/// <summary>A change of one user: by a request of the service, or by a verb.</summary>
public sealed record UserChange
{
    /// <summary>Whom.</summary>
    public required UserKey User { get; init; }

    /// <summary>The name by which the caller knows the user, where <see cref="User"/> was looked up from it already; null: <see cref="User"/> itself.</summary>
    public UserKey? CalledBy { get; init; }

    /// <summary>How reports name the user; null: by <see cref="User"/>.</summary>
    public string? UserText { get; init; }

    /// <summary>Where it comes from.</summary>
    public required PlanOrigin.OneUser Origin { get; init; }

    /// <summary>
    /// What is wanted, from what is there. Pure: it is asked again whenever the user is read anew, so that "one number more" never overwrites
    /// what someone else added meanwhile.
    /// </summary>
    public required Func<CurrentMethods, DesiredChange> Desired { get; init; }

    /// <summary>What the caller demands of the state read (<c>If-Match</c>, or what was shown before); null: it holds. Pure.</summary>
    public Func<CurrentMethods, UnmetCondition?> Condition { get; init; } = static _ => null;

    /// <summary>Kinds to be read too where no list of all methods shows them, because the change concerns them.</summary>
    public KindSet Also { get; init; }

    /// <summary>Read the default method too (beta), because <see cref="Desired"/> or the answer needs it.</summary>
    public bool DefaultMethod { get; init; }

    /// <summary>Instead of the tenant's policy; null for the tenant's.</summary>
    public PlanningPolicy? Policy { get; init; }

    /// <summary>Holds what must not be written down: a chosen password on its way in, a
    /// password or pass that was made on its way out. Needed where one is wanted.</summary>
    public SecretEnvelope? Envelope { get; init; }

    /// <summary>Whether it only takes back a pass that this program issued and that no one is proved to have. That needs no second person; see
    /// <see cref="SecondPerson"/>.</summary>
    public bool TakesBack { get; init; }

    /// <summary>What the plan that was shown foretold, so that the run has it beside what was used; null: nothing was.</summary>
    public Forecast? Forecast { get; init; }

    /// <summary>What is allowed for once, as the request says.</summary>
    internal Allowances Allowances { get; init; } = Allowances.None;
}

/// <summary>Why a change was not made: the user is not as the caller demands.</summary>
public enum UnmetCondition
{
    /// <summary>The user is not as the caller last saw them.</summary>
    Moved,

    /// <summary>What was to be new is there already.</summary>
    AlreadyThere,
}

/// <summary>What a caller makes of the present state.</summary>
public abstract record DesiredChange
{
    private DesiredChange()
    {
    }

    public sealed record Valid(DesiredMethods Desired) : DesiredChange
    {
        /// <summary>What the plan is to say of it beside its operations.</summary>
        public ImmutableArray<Diagnostic> Notes { get; init; } = [];
    }

    /// <summary>The change cannot be meant so; nothing is written.</summary>
    public sealed record Invalid(ImmutableArray<Diagnostic> Diagnostics) : DesiredChange;
}
