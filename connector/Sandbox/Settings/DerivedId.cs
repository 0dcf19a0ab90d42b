using System.Security.Cryptography;
using System.Text;

namespace ProvisioningConnector.Sandbox.Settings;

/// <summary>Ids that no one gave: always the same for the same name, so that a seed means the same tenant everywhere.</summary>
internal static class DerivedId
{
    public static Guid From(string name)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name.ToLowerInvariant()), digest);
        return Shaped(digest[..16]);
    }

    /// <summary>The cheap way for a million users.</summary>
    public static Guid From(ulong seed, ulong index)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Mix(seed * 0x9E3779B97F4A7C15 + index));
        BitConverter.TryWriteBytes(bytes[8..], Mix(index * 0xBF58476D1CE4E5B9 + seed + 1));
        return Shaped(bytes);
    }

    public static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static Guid Shaped(Span<byte> bytes)
    {
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }
}
