using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Planning;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Readiness;
using ProvisioningConnector.Engine.Records;
using ProvisioningConnector.TestKit.VirtualTime;

namespace ProvisioningConnector.TestKit.Tenant;

/// <summary>A tenant in memory, in virtual time, with scripted faults. Reader, writer and directory in one.</summary>
public sealed class ModelTenant(VirtualWorld world, ServiceModel? service = null) : IUserDirectory, IMethodsReader, IMethodsWriter
{
    private static readonly TimeSpan OneWay = TimeSpan.FromMilliseconds(50);
    private readonly ServiceModel _service = service ?? new ServiceModel();
    private readonly Dictionary<string, ModelUser> _users = new(StringComparer.OrdinalIgnoreCase);

    public ReadManner Reading { get; set; } = new();

    /// <summary>What happens to the n-th write of a user.</summary>
    public Func<string, int, WriteFault> Faults { get; set; } = (_, _) => WriteFault.None;

    /// <summary>Called just before a write of a user leaves, with its number: the user may change here.</summary>
    public Action<ModelUser, int> BeforeSend { get; set; } = (_, _) => { };

    public CrashPlan Crash { get; set; } = CrashPlan.Never;

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(70);

    public PrivilegedReading Privileged { get; set; } = new PrivilegedReading.Known(ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase),
        "role assignments");

    /// <summary>Keys whose look-up fails.</summary>
    public HashSet<UserKey> UnreadableKeys { get; } = [];

    /// <summary>Object ids whose methods cannot be read.</summary>
    public HashSet<string> UnreadableUsers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Object ids of users whom the tenant's policy does not allow SMS sign-in.</summary>
    public HashSet<string> OutOfScope { get; } = new(StringComparer.OrdinalIgnoreCase);

    public List<SentWrite> Writes { get; } = [];

    /// <summary>When the methods of users were read.</summary>
    public List<(string Uid, DateTimeOffset At)> Readings { get; } = [];

    /// <summary>Most writes of one user that were ever on their way at once.</summary>
    public int MostOverlapping { get; private set; }

    public int LookUps { get; private set; }

    public int Pages { get; private set; }

    public IReadOnlyCollection<ModelUser> Users => _users.Values;

    public ModelUser this[string uid] => _users[uid];

    public ModelUser Add(DirectoryUser account, CurrentMethods methods) => _users[account.Uid] = new ModelUser(account, methods);

    /// <summary>Another administrator changes the user.</summary>
    public void Change(ModelUser user, Func<CurrentMethods, CurrentMethods> change) => user.Become(world.Time.GetUtcNow(), change(user.Now));

    public async IAsyncEnumerable<ImmutableArray<DirectoryUser>> PagesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (DirectoryUser[] page in _users.Values.Where(u => u.Exists).Select(u => u.Account).Chunk(7))
        {
            Pages++;
            await world.Delay(Reading.Latency, cancellation);
            yield return [.. page];
        }
    }

    public async ValueTask<DirectoryAnswer> FindAsync(UserKey key, CancellationToken cancellation)
    {
        LookUps++;
        await world.Delay(Reading.Latency, cancellation);
        return UnreadableKeys.Contains(key)
            ? new DirectoryAnswer.Failed(Problem)
            : key.Kind == UserKeyKind.Name && _users.TryGetValue(key.Value, out ModelUser? known) && known.Exists ? new DirectoryAnswer.Found([known.Account])
            : new DirectoryAnswer.Found([.. _users.Values.Where(u => u.Exists).Select(u => u.Account).Where(a => Names(key, a))]);
    }

    public ValueTask<long> CountAsync(CancellationToken cancellation) => ValueTask.FromResult<long>(_users.Count);

    public ValueTask<PrivilegedReading> ReadPrivilegedAsync(CancellationToken cancellation) => ValueTask.FromResult(Privileged);

    /// <summary>Groups and their members; a group that is not here does not exist.</summary>
    public Dictionary<string, MembersReading> Groups { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What kind of tenant it is; null: not known.</summary>
    public string? TenantType { get; set; }

    public ValueTask<TenantTraits> ReadTraitsAsync(CancellationToken cancellation) => ValueTask.FromResult(new TenantTraits(TenantType));

    public ValueTask<MembersReading> ReadMembersAsync(string group, CancellationToken cancellation) =>
        ValueTask.FromResult(Groups.GetValueOrDefault(group, new MembersReading.NoGroup()));

    public async ValueTask<ImmutableArray<MethodsReading>> ReadAsync(ImmutableArray<UserRead> users, CancellationToken cancellation)
    {
        if (users.Length > IMethodsReader.MaxUsers) throw new InvalidOperationException("More than twenty users in one read.");
        Readings.AddRange(users.Select(u => (u.Uid, world.Time.GetUtcNow())));
        await world.Delay(Reading.Latency, cancellation);
        return [.. users.Select(Read)];
    }

    public async ValueTask<DefaultMethod> ReadDefaultAsync(string uid, CancellationToken cancellation)
    {
        await world.Delay(Reading.Latency, cancellation);
        return Reading.DefaultUnreadable ? DefaultMethod.Unreadable : _users[uid].AsOf(world.Time.GetUtcNow() - Reading.LagOf(uid)).Default;
    }

    public async ValueTask<WriteAnswer> SendAsync(WriteAuthority authority, Operation operation, CancellationToken cancellation)
    {
        string uid = authority.Uid;
        ModelUser user = _users[uid];
        int number = user.Sends++;
        BeforeSend(user, number);
        DateTimeOffset sentAt = world.Time.GetUtcNow();
        SentWrite write = new(uid, number, operation, Faults(uid, number), sentAt);
        Writes.Add(write);
        if (write.Fault == WriteFault.NotSent)
        {
            await world.Delay(TimeSpan.FromSeconds(2), cancellation);
            return new WriteAnswer.NotSent(sentAt, new ServiceError(ErrorKind.NoConnection, "PPnoConnection", "No connection."));
        }

        MostOverlapping = Math.Max(MostOverlapping, ++user.InFlight);
        // The effect is the service's business: it lands whatever becomes of the caller.
        Task<ServiceError?> effect = LandAsync(user, write);
        try
        {
            Crash.Reach(CrashPoint.AfterSend);
            return await AnswerAsync(write, effect, cancellation);
        }
        finally
        {
            user.InFlight--;
        }
    }

    private static bool Names(UserKey key, DirectoryUser account) => key.Kind switch
    {
        UserKeyKind.Name => Same(key.Value, account.Uid) || Same(key.Value, account.PrincipalName),
        UserKeyKind.EmployeeId => Same(key.Value, account.EmployeeId),
        UserKeyKind.Mail => Same(key.Value, account.Mail),
    };

    private static bool Same(string left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static ServiceError Problem { get; } = new(ErrorKind.ServiceFailure, "PP503", "The service answers 503.", Status: 503);

    private MethodsReading Read(UserRead read)
    {
        if (!_users.TryGetValue(read.Uid, out ModelUser? user) || !user.Exists)
        {
            return new MethodsReading.NoUser(new ServiceError(ErrorKind.NotFound, "PPnoUser", "No such user.", Status: 404));
        }

        bool sent = user.Sends > 0;
        bool fails = user.Reads++ < Reading.FailingFirst || UnreadableUsers.Contains(read.Uid) || (sent && user.ReadsAfterSend++ < Reading.FailingAfterSend);
        if (fails) return new MethodsReading.Failed(Problem);
        CurrentMethods seen = user.AsOf(world.Time.GetUtcNow() - Reading.LagOf(user.Account.Uid));
        KindSet unread = (KindSets.Beside & ~read.Also) | Reading.Refused(user.Reads - 1);
        return new MethodsReading.Complete(seen with
        {
            Default = DefaultMethod.NotRead,
            Unread = unread,
            Others = seen.Others.RemoveAll(m => unread.Has(m.Kind)),
            Email = unread.HasEmail() ? null : seen.Email,
            Membership = read.Group is { } group && !Reading.GroupUnreadable ? seen.Membership ?? new GroupMembership(group, IsMember: false) : null,
        });
    }

    private async Task<ServiceError?> LandAsync(ModelUser user, SentWrite write)
    {
        if (write.Fault is WriteFault.Refused) return new ServiceError(ErrorKind.Refused, "PP400", "The service does not want it.", Status: 400);
        if (write.Fault is WriteFault.Throttled) return new ServiceError(ErrorKind.Throttled, "PP429", "Too many requests.", Status: 429);
        bool unknownHere = write.Fault is WriteFault.NotReplicated && write.Operation.Action == OperationAction.Add;
        if (unknownHere) return new ServiceError(ErrorKind.NotFound, "PPnoUser", "No such user.", Status: 404);
        if (write.Fault is WriteFault.LostWithError or WriteFault.LostInSilence or WriteFault.LostBroken) return null;
        bool late = write.Fault is WriteFault.LateAfterBroken or WriteFault.LateInSilence;
        await world.Delay(late ? TimeSpan.FromSeconds(60) : OneWay);
        if (!user.Exists) return new ServiceError(ErrorKind.NotFound, "PPnoUser", "No such user.", Status: 404);
        (CurrentMethods? next, ServiceError? refusal) = _service.Apply(user.Now, write.Operation);
        if (next is { } saved && _service.SignInIsUnique) (next, refusal) = Registered(user, write.Operation, saved);
        if (next is null) return refusal;
        write.AppliedAt = world.Time.GetUtcNow();
        user.Become(world.Time.GetUtcNow(), next);
        return refusal;
    }

    /// <summary>What the service makes of a number that a user is to sign in with (docs/graph.md#sms-sign-in).</summary>
    private (CurrentMethods? Next, ServiceError? Refusal) Registered(ModelUser user, Operation operation, CurrentMethods next)
    {
        bool enables = operation is Operation.SwitchSmsSignIn { On: true };
        bool writes = operation is Operation.AddPhone { Slot: PhoneType.Mobile } or Operation.UpdatePhone { Slot: PhoneType.Mobile };
        if (!enables && !writes) return (next, null);
        if (OutOfScope.Contains(user.Account.Uid))
        {
            return enables ? (null, new ServiceError(ErrorKind.DisabledByPolicy, "PP308", "disabledByPolicy", Status: 400))
                : (next with { SmsSignIn = SmsSignInState.NotAllowedByPolicy }, null);
        }

        bool isTaken = _users.Values.Any(other => other != user && other.Exists && other.Now.SmsSignIn == SmsSignInState.Ready
            && !other.Now.Mobile.IsEmpty && other.Now.Mobile == next.Mobile);
        if (!isTaken) return (next with { SmsSignIn = SmsSignInState.Ready }, null);
        ServiceError notUnique = new(ErrorKind.NumberNotUnique, "PP304", "phoneNumberNotUnique", Status: 409);
        return (enables ? null : next with { SmsSignIn = SmsSignInState.PhoneNumberNotUnique }, notUnique);
    }

    private async Task<WriteAnswer> AnswerAsync(SentWrite write, Task<ServiceError?> effect, CancellationToken cancellation)
    {
        TimeSpan pause = write.Fault switch
        {
            WriteFault.AppliedThenSilence or WriteFault.LostInSilence or WriteFault.LateInSilence => RequestTimeout,
            WriteFault.AppliedThenBroken or WriteFault.LostBroken or WriteFault.LateAfterBroken => TimeSpan.FromSeconds(1),
            _ => OneWay * 2,
        };
        await world.Delay(pause, cancellation);
        switch (write.Fault)
        {
            case WriteFault.AppliedThenSilence or WriteFault.LostInSilence or WriteFault.LateInSilence:
                return new WriteAnswer.Ambiguous(write.SentAt, new ServiceError(ErrorKind.TimedOut, "PPtimeout", "No answer in time."));
            case WriteFault.AppliedThenBroken or WriteFault.LostBroken or WriteFault.LateAfterBroken:
                return new WriteAnswer.Ambiguous(write.SentAt, new ServiceError(ErrorKind.ConnectionBroken, "PPbroken", "The connection broke."));
            case WriteFault.AppliedThenError or WriteFault.LostWithError:
                return new WriteAnswer.Ambiguous(write.SentAt, Problem);
        }

        if (await effect is { } refusal) return new WriteAnswer.Refused(write.SentAt, refusal);
        return write is { Fault: WriteFault.NotUnique, Operation: Operation.AddPhone or Operation.UpdatePhone }
            ? new WriteAnswer.Refused(write.SentAt, new ServiceError(ErrorKind.NumberNotUnique, "PPnotUnique", "phoneNumberNotUnique", Status: 409))
            : new WriteAnswer.Accepted(write.SentAt, "request");
    }
}
