namespace ProvisioningConnector.Crest.Json;

/// <summary>How large a body may be.</summary>
/// <param name="Bytes">Most bytes, at least 1.</param>
/// <param name="Depth">Most nested objects and arrays, 1 to 128.</param>
public sealed record BodyLimits(int Bytes, int Depth)
{
    /// <summary>1 MiB, 32 levels: a user with a hundred methods needs a thousandth of it.</summary>
    public static BodyLimits Default { get; } = new(1 << 20, 32);
}
