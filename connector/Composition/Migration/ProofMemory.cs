using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProvisioningConnector.Engine.Migration;
using ProvisioningConnector.Engine.Migration.Steps;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Reports.Documents;

namespace ProvisioningConnector.Composition.Migration;

/// <summary>
/// What is kept between nights of <c>migrate prove</c>, in the store: of each invited person state and days under a keyed digest of the object id, no name; and
/// counts of the newest <see cref="Most"/> nights. Who is no longer in the group is forgotten.
/// </summary>
internal sealed class ProofMemory(IRunStore store, KeyedDigests digests, string tenantId)
{
    /// <summary>More than a year of one run a day.</summary>
    public const int Most = 400;

    private static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private string Name => $"proofs:{tenantId.ToLowerInvariant()}";

    /// <exception cref="StoreException">The note is damaged.</exception>
    public async ValueTask<ProofNights> ReadAsync(CancellationToken cancellation)
    {
        if (await store.ReadNoteAsync(Name, cancellation) is not { Length: > 0 } text) return ProofNights.Empty;
        try
        {
            return JsonSerializer.Deserialize<ProofNights>(text, Layout) ?? ProofNights.Empty;
        }
        catch (JsonException wrong)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store's note '{Name}' cannot be read.", "Restore the store from a backup.", wrong);
        }
    }

    public ValueTask WriteAsync(ProofNights before, ImmutableArray<ProvedPerson> people, DateTimeOffset at, CancellationToken cancellation)
    {
        ProofNights next = new(
            people.ToImmutableSortedDictionary(person => Key(person.Uid), static person => new RememberedProof(person.InvitedAt, person.Proof),
                StringComparer.Ordinal),
            [.. before.Nights.Add(ProofCounts.From(at, [.. people.Select(static person => person.Proof)])).TakeLast(Most)]);
        return store.WriteNoteAsync(Name, JsonSerializer.Serialize(next, Layout), cancellation);
    }

    /// <summary>Forgets one person; the next night sees them for the first time.</summary>
    /// <returns>Whether there was anything of them.</returns>
    public async ValueTask<bool> ForgetAsync(string uid, CancellationToken cancellation)
    {
        ProofNights book = await ReadAsync(cancellation);
        ImmutableSortedDictionary<string, RememberedProof> left = book.People.Remove(Key(uid));
        if (left.Count == book.People.Count) return false;
        await store.WriteNoteAsync(Name, JsonSerializer.Serialize(book with { People = left }, Layout), cancellation);
        return true;
    }

    /// <summary>What is remembered of a person.</summary>
    public RememberedProof? Of(ProofNights book, string uid) => book.People.GetValueOrDefault(Key(uid));

    private string Key(string uid) => digests.Digest("proof " + uid.ToUpperInvariant());
}

/// <summary>The note's body; its names are stored.</summary>
/// <param name="People">By keyed digest of the object id.</param>
/// <param name="Nights">Counts, oldest first.</param>
internal sealed record ProofNights(ImmutableSortedDictionary<string, RememberedProof> People, ImmutableArray<ProofCounts> Nights)
{
    public static ProofNights Empty { get; } = new(ImmutableSortedDictionary<string, RememberedProof>.Empty, []);
}
