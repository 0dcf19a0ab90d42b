using System.Collections.Immutable;
using ProvisioningConnector.Engine.Evidence.Secrets;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Pipeline;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Errors;
using ProvisioningConnector.Icf.Objects;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>What an update came to.</summary>
/// <param name="Object">The object as re-read, with the attributes asked for; null of a dry run.</param>
/// <param name="Change">What was done: nothing, everything, or the plan of a dry run. All else is a <see cref="ConnectorException"/>.</param>
public sealed record UpdateAnswer(ConnectorObject? Object, RunResult Change);

/// <summary>Turns attribute changes into a change of the user.</summary>
internal sealed class Updating(IcfPorts ports, IcfSettings settings, ReadingUsers reading, ObjectMaking making)
{
    private readonly AccountCache _accounts = new(reading, ports.Time, settings.AccountMaxAge);

    public async Task<UpdateAnswer> RunAsync(Uid uid, IReadOnlyCollection<AttributeDelta> deltas,
        Initiator caller, OperationOptions options, CancellationToken cancellation)
    {
        ImmutableArray<UserAttribute> shown = AttributesToGet.Attributes(options);
        ImmutableArray<(UserAttribute Attribute, AttributeDelta Delta)> changes = Known(deltas);
        Demand(changes, caller);
        DirectoryUser? account = null;
        if (changes.Any(c => c.Attribute.Role == AttributeRole.Account)
            || !Guid.TryParse(uid.Value, out _)) account = await CheckAccountAsync(uid.Value, changes, cancellation);
        string id = account?.Uid ?? uid.Value;
        bool asSent = settings.Spelling == PhoneSpelling.AsSent;
        ImmutableArray<string> sent = asSent ? await ports.Spellings.FindAsync(id, cancellation) : [];
        Secret? given = Given(changes);
        PasswordResetRequest? password = given is null ? null : await ports.PasswordAsync(cancellation);
        AttributeDeltaTranslator desired = new(changes, settings.DefaultCountry, password,
            (now, attribute) => Echoes(new UserReading(new DirectoryUser(id, null), now, sent), attribute, caller));
        UserChange change = new()
        {
            User = new UserKey(UserKeyKind.Name, id), CalledBy = new UserKey(UserKeyKind.Name, uid.Value), Origin = caller.Origin, Desired = desired.Make,
            Condition = now => uid.Revision is null || string.Equals(uid.Revision, settings.Revision(now), StringComparison.Ordinal)
                ? null : UnmetCondition.Moved,
            Envelope = given is null ? null : new SecretEnvelope(caller.DryRun ? null : given),
            Also = desired.RemovedKinds, DefaultMethod = desired.NeedsDefault || shown.Any(a => a.Role == AttributeRole.PreferredMethod),
        };
        RunRequest request = new()
        {
            Work = new RunWork.Change(change), Actor = caller.Actor, DryRun = caller.DryRun, NewStore = caller.NewStore, OnBegin = caller.Begun,
            Allowances = caller.Allowances, Allow = caller.Allow, Reason = caller.Reason,
        };
        RunResult result = await ports.Runs.RunAsync(request, GivenConsent.Instance, cancellation);
        if (ErrorMapping.Map(result, id) is { } problem) throw problem;
        if (result is RunResult.Planned) return new UpdateAnswer(null, result);
        if (asSent) sent = await KeepSpellingAsync(id, sent, changes, cancellation);
        return new UpdateAnswer(await ObjectAsync(id, result, account, sent, shown, options, cancellation), result);
    }

    /// <summary>The password that is written.</summary>
    private static Secret? Given(ImmutableArray<(UserAttribute Attribute, AttributeDelta Delta)> changes)
    {
        AttributeDelta? delta = changes.FirstOrDefault(c => c.Attribute.Role == AttributeRole.Password).Delta;
        return delta is null || (delta.ToReplace ?? delta.ToAdd) is not [Secret secret] ? null : secret;
    }

    private static ImmutableArray<(UserAttribute Attribute, AttributeDelta Delta)> Known(IReadOnlyCollection<AttributeDelta> deltas)
    {
        ImmutableArray<(UserAttribute Attribute, AttributeDelta Delta)> known = [.. deltas.Select(d => (UserAttributes.Get(d.Name), d))];
        string? twice = known.GroupBy(k => k.Attribute.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null ? known : throw new InvalidAttributeValueException($"'{twice}' is changed twice; name it once.") { Code = "attributeTwice" };
    }

    /// <summary>Clients hand back what they read: properties of the account are accepted when they are as they are.</summary>
    private async Task<DirectoryUser> CheckAccountAsync(string name, ImmutableArray<(UserAttribute Attribute, AttributeDelta Delta)> changes,
        CancellationToken cancellation)
    {
        DirectoryUser user = await reading.AccountAsync(name, cancellation);
        foreach ((UserAttribute attribute, AttributeDelta delta) in changes.Where(c => c.Attribute.Role == AttributeRole.Account))
        {
            bool same = delta.ToReplace is { } values && ValueLists.AreSame(making.Values(new UserReading(user, null, []), attribute, true), values);
            if (!same) throw new InvalidAttributeValueException($"'{attribute.Name}' is read only here, and the value sent is not the stored one. "
                + $"Leave it out, or change it where the account is managed.")
            { Code = "readOnly" };
        }

        return user;
    }

    /// <summary>The right to an attribute is asked before its value is looked at: whether a hidden value was guessed right must not show.</summary>
    private static void Demand(ImmutableArray<(UserAttribute Attribute, AttributeDelta Delta)> changes, Initiator caller)
    {
        ImmutableHashSet<string>? may = caller.MayWrite?.WithComparer(StringComparer.OrdinalIgnoreCase);
        string[] barred = [.. changes.Select(c => c.Attribute.Name).Where(name => may?.Contains(name) == false)];
        if (barred.Length > 0) throw new PermissionDeniedException(
            $"The caller lacks the right to change {string.Join(", ", barred.Select(name => $"'{name}'"))}, with any value. "
            + "Leave it out, or use a key with the right. Nothing was written.")
        { Code = "rightMissing" };
    }

    private ImmutableArray<object>[] Echoes(UserReading read, UserAttribute attribute, Initiator caller)
    {
        ImmutableArray<object> masked = making.Values(read, attribute, false);
        return caller.ReadsInFull ? [masked, making.Values(read, attribute, true)] : [masked];
    }

    /// <summary>The spelling is kept when it is another one; the same list again writes nothing.</summary>
    private async Task<ImmutableArray<string>> KeepSpellingAsync(string id, ImmutableArray<string> sent,
        ImmutableArray<(UserAttribute Attribute, AttributeDelta Delta)> changes, CancellationToken cancellation)
    {
        if (changes.FirstOrDefault(c => c.Attribute.Role == AttributeRole.Phones).Delta?.ToReplace is not { } list) return sent;
        ImmutableArray<string> phones = [.. list.OfType<string>()];
        if (phones.SequenceEqual(sent, StringComparer.Ordinal)) return sent;
        await ports.Spellings.KeepAsync(id, phones, cancellation);
        return phones;
    }

    private async Task<ConnectorObject> ObjectAsync(
        string id, RunResult result, DirectoryUser? account, ImmutableArray<string> sent, ImmutableArray<UserAttribute> shown,
        OperationOptions options, CancellationToken cancellation)
    {
        (PlannedUser plan, CurrentMethods? now) = result switch
        {
            RunResult.NothingToDo nothing => (nothing.Plan, nothing.Now),
            RunResult.Done done => (done.Record.Plan, done.Record.Now),
            _ => throw new InvalidOperationException($"A result that is no success: {result.GetType().Name}."),
        };
        DirectoryUser user = plan.User ?? account
            ?? (shown.All(a => a.Role != AttributeRole.Account || a.Name == AttributeNames.Id)
            ? new DirectoryUser(id, null) : await _accounts.GetAsync(id, cancellation));
        if (now is not null) return making.Make(new UserReading(user, now, sent), shown, options.Full);
        return await reading.ReadAsync([user], [.. shown, UserAttributes.Get(AttributeNames.Phones)], cancellation) is [var read]
            ? making.Make(read, shown, options.Full)
            : throw new UnknownUidException($"The user '{id}' is gone.");
    }
}
