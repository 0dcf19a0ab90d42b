using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace ProvisioningConnector.Facade.Access;

/// <summary>Names and passwords of rehearsals on this machine (docs/facade.md#keys-and-access). Compared by digest, each account every time, so that the
/// time reveals
/// nothing.</summary>
internal sealed class LoopbackAccounts(ImmutableDictionary<string, string> accounts)
{
    private readonly ImmutableArray<(byte[] Name, byte[] Password)> _digests = [.. accounts.Select(a => (Digest(a.Key), Digest(a.Value)))];

    public bool Knows(string name) => accounts.ContainsKey(name);

    public bool Matches(string name, string password)
    {
        (byte[] shownName, byte[] shownPassword) = (Digest(name), Digest(password));
        bool found = false;
        foreach ((byte[] knownName, byte[] knownPassword) in _digests)
        {
            found |= CryptographicOperations.FixedTimeEquals(shownName, knownName) & CryptographicOperations.FixedTimeEquals(shownPassword, knownPassword);
        }

        return found;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
