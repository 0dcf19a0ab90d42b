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
    private readonly SqliteCommand known = connection.Prepare(SpoolSchema.KnownKeys, "$count", "$keys");
    private readonly SqliteCommand addUser = connection.Prepare(SpoolSchema.AddUser, "$no", "$uid", "$body");
    private readonly SqliteCommand findUser = connection.Prepare(SpoolSchema.FindUser, "$uid");
    private readonly SqliteCommand addMatch = connection.Prepare(SpoolSchema.AddMatch, "$key", "$user");
    private long userCount;

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

            addMatch.With(Digest(keys, at), no).ExecuteNonQuery();
        }
    }

    public void Match(UserKey key, ImmutableArray<DirectoryUser> users)
    {
        byte[] digest = digests.Of(key);
        foreach (DirectoryUser user in users) addMatch.With(digest, Add(user, digests.OfUid(user.Uid))).ExecuteNonQuery();
    }

    public void Dispose()
    {
        known.Dispose();
        addUser.Dispose();
        findUser.Dispose();
        addMatch.Dispose();
    }

    private List<int> Known(byte[] keys, int count)
    {
        List<int> positions = [];
        using SqliteDataReader reader = known.With(count, keys).ExecuteReader();
        while (reader.Read()) positions.Add(reader.GetInt32(0));
        positions.Sort();
        return positions;
    }

    private static byte[] Digest(byte[] keys, int at) => keys.AsSpan(at * SpoolDigests.Length, SpoolDigests.Length).ToArray();

    /// <summary>The number of a user, who is written down when he is seen for the first time.</summary>
    private long Add(DirectoryUser user, byte[] uid)
    {
        if (addUser.With(userCount + 1, uid, Body.Write(user)).ExecuteNonQuery() == 1) return ++userCount;
        return findUser.With(uid).ExecuteScalar() is long no ? no : throw new InvalidOperationException("A user is neither new nor known.");
    }
}
