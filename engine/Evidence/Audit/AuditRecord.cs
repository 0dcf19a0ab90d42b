using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Evidence.Audit;

/// <summary>One link of the chain, as it is stored.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Previous">The MAC of the record before; zeros for the first.</param>
/// <param name="Mac">HMAC-SHA-256 over number, previous MAC and body.</param>
/// <param name="Body">The entry as UTF-8 JSON, exactly as it was signed.</param>
public sealed record AuditRecord(long Number, ImmutableArray<byte> Previous, ImmutableArray<byte> Mac, ImmutableArray<byte> Body)
{
    /// <summary>Where the chain ends with this record.</summary>
    public AuditHead Head => new(Number, Convert.ToHexStringLower(Mac.AsSpan()));
}

/// <summary>The end of a chain: who knows it notices when something behind it is cut off.</summary>
/// <param name="Number">Number of the last record.</param>
/// <param name="Mac">Its MAC, lower-case hex.</param>
public sealed record AuditHead(long Number, string Mac);
