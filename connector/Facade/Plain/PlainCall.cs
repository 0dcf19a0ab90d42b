using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Crest.Requests;
using ProvisioningConnector.Engine.Evidence.Access;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Facade.Access;
using ProvisioningConnector.Facade.Gate;
using ProvisioningConnector.Facade.Hosting;
using ProvisioningConnector.Facade.Http;
using ProvisioningConnector.Facade.Telemetry;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Facade.Plain;

/// <summary>What an operation works with, taken from its request, which may end before the work does.</summary>
internal sealed record PlainCall
{
    public required PlainOperation Operation { get; init; }

    public required TenantSession Session { get; init; }

    public required KeyedDigests Digests { get; init; }

    public required Figures Figures { get; init; }

    /// <summary>Whom the path names; null: it names a tenant only.</summary>
    public required UserKey? Named { get; init; }

    /// <summary>Whom.</summary>
    /// <exception cref="InvalidOperationException">The operation is about the tenant.</exception>
    public UserKey User => Named ?? throw new InvalidOperationException($"{Operation.Id} is about no user.");

    /// <summary>Who asks.</summary>
    public required Caller Caller { get; init; }

    /// <summary>Limits plans of callers who may not read in full.</summary>
    public required PlanLimit Plans { get; init; }

    /// <summary>Who asks, by name.</summary>
    public string Actor => Caller.Actor;

    /// <summary>Route values beside tenant and user.</summary>
    public required ImmutableDictionary<string, string> Route { get; init; }

    public required ImmutableDictionary<string, string> Query { get; init; }

    /// <summary><c>Idempotency-Key</c>; null: none.</summary>
    public string? Key { get; init; }

    /// <summary>The body as sent; undefined when none came.</summary>
    public JsonElement Body { get; init; }

    public bool DryRun { get; init; }

    public RevisionCondition IfMatch { get; init; } = RevisionCondition.Unconditional;

    /// <summary><c>If-None-Match: *</c>: only where nothing is yet.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>What is allowed for once.</summary>
    public RequestAllowance Allowance { get; init; } = RequestAllowance.None;

    /// <summary>Receives that the change has begun and no longer waits.</summary>
    public Action Begun { get; init; } = static () => { };

    /// <summary>Whether numbers and addresses are shown in full.</summary>
    public bool Full => Can(Right.ReadFull);

    /// <summary>Whether the caller has the right in the tenant.</summary>
    public bool Can(Right right) => Caller.Can(Session.Settings.Name, right);

    /// <summary>The revision that callers see.</summary>
    public string Revision(CurrentMethods now) => Digests.Revision(now);

    /// <summary>Makes the change, or its plan.</summary>
    public async Task<RunResult> ChangeAsync(ChangeDefinition desired, CancellationToken cancellation)
    {
        UserChange change = new()
        {
            User = User, Origin = new PlanOrigin.Request(Operation.Id), Also = desired.Also, DefaultMethod = desired.Default,
            Envelope = desired.Envelope,
            Desired = desired.Make, Condition = now => Unmet(now, desired),
        };
        RunResult result = await RunAsync(change, DryRun, cancellation);
        ChangeFigures.Record(Figures, Session.Settings.Name, result);
        if (DryRun) Plans.Count(Caller, Session.Settings.Name, result, User.ToString());
        return result;
    }

    /// <summary>Reads the user: a change that wants nothing, so that what was written here a moment ago is surely seen.</summary>
    public Task<RunResult> ReadAsync(KindSet also, bool isDefault, CancellationToken cancellation) => RunAsync(
        new UserChange
        {
            User = User, Origin = new PlanOrigin.Request(Operation.Id), Also = also,
            DefaultMethod = isDefault, Desired = static _ => new DesiredChange.Valid(new DesiredMethods()),
        },
        dryRun: false, cancellation);

    private Task<RunResult> RunAsync(UserChange change, bool dryRun, CancellationToken cancellation) => Session.Changes.Runs.RunAsync(
        new RunRequest
        {
            Work = new RunWork.Change(change), Actor = Actor, DryRun = dryRun, NewStore = Session.NewStore, OnBegin = Begun,
            Allowances = Allowance.Allowances, Allow = Allowance.Allow, Reason = Allowance.Reason
        },
            GivenConsent.Instance,
            cancellation);

    private UnmetCondition? Unmet(CurrentMethods now, ChangeDefinition desired)
    {
        if (!IfMatch.Holds(Revision(now))) return UnmetCondition.Moved;
        return OnlyNew && desired.IsThere(now) ? UnmetCondition.AlreadyThere : null;
    }
}

/// <summary>What an operation wants of a user.</summary>
/// <param name="Make">From what is there; pure.</param>
internal sealed record ChangeDefinition(Func<CurrentMethods, DesiredChange> Make)
{
    /// <summary>Kinds to be read too, because it concerns them.</summary>
    public KindSet Also { get; init; }

    public bool Default { get; init; }

    public SecretEnvelope? Envelope { get; init; }

    /// <summary>Whether what it makes is there already.</summary>
    public Func<CurrentMethods, bool> IsThere { get; init; } = static _ => true;
}
