namespace ProvisioningConnector.TestKit.VirtualTime;

/// <summary>A hash that is the same in every process (FNV-1a), unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    public static int Compute(string text, int seed)
    {
        uint hash = 2166136261u ^ unchecked((uint)seed * 2654435761u);
        foreach (char c in text) hash = unchecked((hash ^ c) * 16777619u);
        return unchecked((int)hash);
    }
}
