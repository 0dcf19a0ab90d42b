using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Stores.Bodies;
using ProvisioningConnector.Stores.Database;
using ProvisioningConnector.Stores.Sqlite;

namespace ProvisioningConnector.Stores.Spool;

/// <summary>Phase 2: writes down which users answer to which keys of rows. A user whom no row names leaves nothing.</summary>
internal sealed class SpoolMatching(SqliteConnection connection, SpoolDigests digests) : IDisposable
{
    private const int KeysPerUser = 4;
    private readonly SqliteCommand _known = connection.Prepare(SpoolSchema.KnownKeys, "$count", "$keys");
    private readonly SqliteCommand _addUser = connection.Prepare(SpoolSchema.AddUser, "$no", "$uid", "$body");
    private readonly SqliteCommand _findUser = connection.Prepare(SpoolSchema.FindUser, "$uid");
    private readonly SqliteCommand _addMatch = connection.Prepare(SpoolSchema.AddMatch, "$key", "$user");
    private long _userCount;

    public void Match(ImmutableArray<DirectoryUser> users)
    {
        if (users.IsEmpty) return;
        byte[] keys = new byte[users.Length * KeysPerUser * SpoolDigests.Length];
        int[] owners = new int[users.Length * KeysPerUser];
        int[] firsts = new int[users.Length];
        int count = 0;
        for (int i = 0; i < users.Length; i++)
        {
            int own = digests.OfKeys(users[i], keys.AsSpan(count * SpoolDigests.Length));
            owners.AsSpan(count, own).Fill(i);
            firsts[i] = count;
            count += own;
        }

        int last = -1;
        long no = 0;
        foreach (int at in Known(keys, count))
        {
            if (owners[at] != last)
            {
                last = owners[at];
                no = Add(users[last], Digest(keys, firsts[last]));
            }

            _addMatch.With(Digest(keys, at), no).ExecuteNonQuery();
        }
    }

    public void Match(UserKey key, ImmutableArray<DirectoryUser> users)
    {
        byte[] digest = digests.Digest(key);
        foreach (DirectoryUser user in users) _addMatch.With(digest, Add(user, digests.OfUid(user.Uid))).ExecuteNonQuery();
    }

    public void Dispose()
    {
        _known.Dispose();
        _addUser.Dispose();
        _findUser.Dispose();
        _addMatch.Dispose();
    }

    private List<int> Known(byte[] keys, int count)
    {
        List<int> positions = [];
        using SqliteDataReader reader = _known.With(count, keys).ExecuteReader();
        while (reader.Read()) positions.Add(reader.GetInt32(0));
        positions.Sort();
        return positions;
    }

    private static byte[] Digest(byte[] keys, int at) => keys.AsSpan(at * SpoolDigests.Length, SpoolDigests.Length).ToArray();

    /// <summary>The number of a user, assigned when the user is first seen.</summary>
    private long Add(DirectoryUser user, byte[] uid)
    {
        if (_addUser.With(_userCount + 1, uid, Body.Write(user)).ExecuteNonQuery() == 1) return ++_userCount;
        return _findUser.With(uid).ExecuteScalar() is long no ? no : throw new InvalidOperationException("A user is neither new nor known.");
    }
}
