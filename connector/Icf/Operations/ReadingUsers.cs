using System.Collections.Concurrent;
using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Icf.Attributes;
using ProvisioningConnector.Icf.Errors;

namespace ProvisioningConnector.Icf.Operations;

/// <summary>Reads accounts and, only when an attribute needs them, their methods: twenty at a time.</summary>
internal sealed class ReadingUsers(IcfPorts ports, IcfSettings settings)
{
    private const int CallsAtOnce = 8;

    /// <summary>Users read together.</summary>
    public const int Group = CallsAtOnce * IMethodsReader.MaxUsers;

    /// <exception cref="UnknownUidException">No such user.</exception>
    public async Task<DirectoryUser> AccountAsync(string name, CancellationToken cancellation) =>
        await FindAsync(name, cancellation) ?? throw new UnknownUidException($"The tenant has no user '{name}'.") { Code = "userNotFound" };

    /// <summary>Null when there is no such user.</summary>
    public async Task<DirectoryUser?> FindAsync(string name, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        return await ports.Directory.FindAsync(new UserKey(UserKeyKind.Name, name), cancellation) switch
        {
            DirectoryAnswer.Found { Users: [var user] } => user,
            DirectoryAnswer.Found => null,
            DirectoryAnswer.Failed failed => throw ErrorMapping.Map(failed.Error),
            _ => throw new InvalidOperationException("An answer is of an unknown kind."),
        };
    }

    /// <summary>The users with what the attributes need; users who are gone meanwhile are left out.</summary>
    public async Task<ImmutableArray<UserReading>> ReadAsync(ImmutableArray<DirectoryUser> users,
        IReadOnlyCollection<UserAttribute> attributes, CancellationToken cancellation)
    {
        if (users.IsEmpty) return [];
        if (!attributes.Any(a => a.NeedsMethods)) return [.. users.Select(u => new UserReading(u, null, []))];
        bool phones = settings.Spelling == PhoneSpelling.AsSent && attributes.Any(a => a.Role == AttributeRole.Phones);
        bool preferred = attributes.Any(a => a.Role == AttributeRole.PreferredMethod);
        ImmutableArray<UserReading>.Builder read = ImmutableArray.CreateBuilder<UserReading>(users.Length);
        foreach (DirectoryUser[] group in users.Chunk(Group))
        {
            ImmutableArray<MethodsReading>[] answers = await Task.WhenAll(group.Chunk(IMethodsReader.MaxUsers).Select(chunk =>
                ports.Reads.ReadAsync([.. chunk.Select(u => new UserRead(u.Uid))], cancellation).AsTask()));
            foreach ((DirectoryUser user, MethodsReading answer) in group.Zip(answers.SelectMany(a => a)))
            {
                if (answer is MethodsReading.NoUser) continue;
                if (answer is MethodsReading.Failed failed) throw ErrorMapping.Map(failed.Error);
                if (answer is not MethodsReading.Complete { Methods: var now }) throw new InvalidOperationException("A reading is of an unknown kind.");
                if (preferred) now = now with { Default = await ports.Reads.ReadDefaultAsync(user.Uid, cancellation) };
                read.Add(new UserReading(user, now, phones ? await ports.Spellings.FindAsync(user.Uid, cancellation) : []));
            }
        }

        return read.ToImmutable();
    }
}

/// <summary>Accounts for answers to updates that changed nothing. Nothing is decided on it.</summary>
internal sealed class AccountCache(ReadingUsers reading, TimeProvider time, TimeSpan age)
{
    private const int MostAccounts = 20_000;
    private readonly ConcurrentDictionary<string, (DirectoryUser User, long At)> _known = new(StringComparer.OrdinalIgnoreCase);

    public async ValueTask<DirectoryUser> GetAsync(string uid, CancellationToken cancellation)
    {
        if (_known.TryGetValue(uid, out (DirectoryUser User, long At) entry) && time.GetElapsedTime(entry.At) <= age) return entry.User;
        DirectoryUser user = await reading.AccountAsync(uid, cancellation);
        if (_known.Count >= MostAccounts) _known.Clear();
        _known[uid] = (user, time.GetTimestamp());
        return user;
    }
}
