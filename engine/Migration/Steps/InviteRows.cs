using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Readiness.Survey;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.Engine.Migration.Steps;

/// <summary>
/// A survey of the tenant as a list of people who are to be in the group of invited people. Who is in it already is no row when people are chosen by band, and
/// an equal one when they are named. People who are named and cannot register anything are rows with the reason.
/// </summary>
/// <param name="source">How the tenant is read.</param>
/// <param name="readiness">Settings of the survey.</param>
/// <param name="group">Object id of the group of invited people.</param>
/// <param name="selection">Who is to be invited.</param>
/// <param name="time">The clock.</param>
public sealed class InviteRows(MigrationSource source, ReadinessSettings readiness, string group, InviteSelection selection, TimeProvider time) : IRowSource
{
    private static readonly PlanOrigin.Migration Step = new(PlanOrigin.Migration.Invite);

    /// <summary>What the tenant's campaign does for the group.</summary>
    public ImmutableArray<Diagnostic> Notes { get; init; } = [];

    /// <inheritdoc/>
    public string Name => Step.Name;

    /// <inheritdoc/>
    public bool IsDelta => true;

    /// <inheritdoc/>
    public PlanOrigin Origin => Step;

    /// <inheritdoc/>
    public DateTimeOffset? WrittenAt => null;

    /// <inheritdoc/>
    public string? Sha256 => null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        IReadOnlySet<string> invited = await WholeGroup.ReadAsync(source.Readiness, group, cancellation);
        HashSet<UserKey> left = [.. selection.Users ?? []];
        List<PersonFacts> chosen = await ChooseAsync(left, cancellation);
        long ordinal = 0;
        int places = selection.Limit is { } limit ? Math.Max(0, limit - chosen.Count(person => invited.Contains(person.Uid))) : int.MaxValue;
        foreach (PersonFacts person in chosen)
        {
            bool isIn = invited.Contains(person.Uid);
            if (isIn ? selection.IsByBand : places == 0) continue;
            SourceRow row = Row(ordinal++, person);
            if (!isIn && row.Condition is { Lost.IsEmpty: true }) places--;
            yield return row;
        }

        // Whom the directory does not know is a row all the same, so that the plan says so.
        foreach (UserKey key in (selection.Users ?? []).Where(left.Contains)) yield return Row(ordinal++, key.ToString(), key, new RowCondition());
    }

    /// <inheritdoc/>
    public ValueTask PlannedAsync(IPlanSpool spool, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<List<PersonFacts>> ChooseAsync(HashSet<UserKey> left, CancellationToken cancellation)
    {
        List<PersonFacts> chosen = [];
        IReadOnlySet<string>? members = selection.Group is { } from ? await WholeGroup.ReadAsync(source.Readiness, from, cancellation) : null;
        ReadinessSurvey survey = new(source.Readiness, source.Methods, source.Changes, readiness, time);
        await survey.RunAsync(live: false, source.IsPublicCloud, (person, _) =>
        {
            bool isNamed = (selection.Users is null || IsNamed(person.Facts, left)) && members?.Contains(person.Facts.Uid) != false;
            // By band only those who can register something; who is named and cannot is a row with the reason.
            bool isAble = !selection.IsByBand || person.Facts.Enabled == true;
            if (isNamed && isAble && selection.Fits(person)) chosen.Add(person.Facts);
            return ValueTask.CompletedTask;
        }, cancellation);
        return chosen;
    }

    private static bool IsNamed(PersonFacts person, HashSet<UserKey> left)
    {
        bool byId = left.Remove(new UserKey(UserKeyKind.Name, person.Uid));
        return left.Remove(new UserKey(UserKeyKind.Name, person.User)) || byId;
    }

    private SourceRow Row(long ordinal, PersonFacts person) => Row(ordinal, person.User, new UserKey(UserKeyKind.Name, person.Uid), person.Enabled switch
    {
        true => new RowCondition(),
        false => Lost(CleanupHolds.DisabledAccount),
        null => Lost(CleanupHolds.EnabledUnknown),
    });

    private SourceRow Row(long ordinal, string user, UserKey key, RowCondition condition) => new(ordinal, new Place(Name), user, key,
        condition.Lost.IsEmpty ? new DesiredMethods { Membership = new GroupMembership(group, IsMember: true) } : new DesiredMethods(), null, [])
    {
        Condition = condition,
    };

    private static RowCondition Lost(HoldReason why) => new() { Lost = [why.On(Part.Membership)] };
}
