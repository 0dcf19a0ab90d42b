using System.Collections.Concurrent;
using ProvisioningConnector.Engine.Model;

namespace ProvisioningConnector.Icf.Operations;

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
