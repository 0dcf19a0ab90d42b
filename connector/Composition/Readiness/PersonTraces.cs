using System.Collections.Immutable;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Reports.Documents;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Composition.Readiness;

/// <summary>
/// On which runs the band of a person changed, under digests of object id and principal name with a key of its own, in 256 sealed notes of the store.
/// Who is no longer in the tenant is forgotten with the next run.
/// </summary>
internal sealed class PersonTraces(IRunStore store, KeyedDigests digests, string tenantId)
{
    /// <summary>Name of the key, which is used for nothing else.</summary>
    public const string KeyName = "readinessPeople";

    private const int Buckets = 256;
    private const int DigestLength = 32;

    /// <summary>Adds a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="at">When it was.</param>
    /// <param name="people">Everybody to be kept.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task AddAsync(string runId, DateTimeOffset at, IAsyncEnumerable<PersonEntry> people, CancellationToken cancellation)
    {
        Dictionary<string, List<Seen>> buckets = new(StringComparer.Ordinal);
        await foreach (PersonEntry person in people.WithCancellation(cancellation))
        {
            Seen seen = new(Digest(person.Uid), Digest(person.User), person.Band);
            foreach (string name in new[] { Name(seen.Uid), Name(seen.User) }.Distinct(StringComparer.Ordinal))
            {
                if (!buckets.TryGetValue(name, out List<Seen>? bucket)) buckets[name] = bucket = [];
                bucket.Add(seen);
            }
        }

        foreach (string name in AllNames())
        {
            TraceBucket before = await ReadAsync(name, cancellation);
            List<Seen> now = buckets.GetValueOrDefault(name) ?? [];
            if (now.Count == 0 && before.People.IsEmpty && before.Names.IsEmpty) continue;
            await store.WriteNoteAsync(name, JsonSerializer.Serialize(before.With(
                now.Where(seen => Name(seen.Uid) == name).Select(seen => (seen.Uid, new ReadinessPoint(runId, at, seen.Band))),
                now.Where(seen => Name(seen.User) == name).Select(static seen => (seen.User, seen.Uid)))), cancellation);
        }
    }

    /// <summary>On which runs a person's band changed, oldest first; empty: nothing is known of them.</summary>
    /// <param name="user">Object id or user principal name; case does not count.</param>
    /// <param name="cancellation">Stops.</param>
    public async ValueTask<ImmutableArray<ReadinessPoint>> OfAsync(string user, CancellationToken cancellation)
    {
        string digest = await FindAsync(user, cancellation);
        return (await ReadAsync(Name(digest), cancellation)).People.GetValueOrDefault(digest) is { IsDefault: false } points ? points : [];
    }

    /// <summary>Takes a person out.</summary>
    /// <returns>Whether there was anything of them.</returns>
    public async ValueTask<bool> ForgetAsync(string user, CancellationToken cancellation)
    {
        string digest = await FindAsync(user, cancellation);
        bool known = false;
        foreach (string name in AllNames())
        {
            TraceBucket before = await ReadAsync(name, cancellation);
            TraceBucket after = new(before.People.Remove(digest),
                before.Names.RemoveRange(before.Names.Where(pair => pair.Value == digest).Select(static pair => pair.Key)));
            if (after.People.Count == before.People.Count && after.Names.Count == before.Names.Count) continue;
            known = true;
            await store.WriteNoteAsync(name, JsonSerializer.Serialize(after), cancellation);
        }

        return known;
    }

    /// <summary>Takes everybody out.</summary>
    public async Task EraseAsync(CancellationToken cancellation)
    {
        foreach (string name in AllNames())
        {
            if (await store.ReadNoteAsync(name, cancellation) is { Length: > 0 }) await store.WriteNoteAsync(name, string.Empty, cancellation);
        }
    }

    /// <summary>The digest of the object id that a text leads to; its own where it is one, or is not known.</summary>
    private async ValueTask<string> FindAsync(string user, CancellationToken cancellation)
    {
        string own = Digest(user);
        return (await ReadAsync(Name(own), cancellation)).Names.GetValueOrDefault(own) ?? own;
    }

    private async ValueTask<TraceBucket> ReadAsync(string name, CancellationToken cancellation)
    {
        if (await store.ReadNoteAsync(name, cancellation) is not { Length: > 0 } text) return TraceBucket.Empty;
        try
        {
            return JsonSerializer.Deserialize<TraceBucket>(text) ?? TraceBucket.Empty;
        }
        catch (JsonException wrong)
        {
            throw new StoreException(StoreProblem.Damaged, $"The store's note '{name}' cannot be read.", "Restore the store from a backup.", wrong);
        }
    }

    private IEnumerable<string> AllNames() => Enumerable.Range(0, Buckets).Select(i => $"{Prefix}{i:x2}");

    private string Prefix => $"readinessTraces:{tenantId.ToLowerInvariant()}:";

    private string Name(string digest) => Prefix + digest[..2];

    private string Digest(string text) => digests.Digest("person " + text.Trim().ToUpperInvariant())[..DigestLength];

    private readonly record struct Seen(string Uid, string User, string Band);
}

/// <summary>A note of traces; its names are stored.</summary>
/// <param name="People">By digest of the object id.</param>
/// <param name="Names">Digests of object ids by digest of the principal name.</param>
internal sealed record TraceBucket(
    ImmutableSortedDictionary<string, ImmutableArray<ReadinessPoint>> People, ImmutableSortedDictionary<string, string> Names)
{
    public static TraceBucket Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, ImmutableArray<ReadinessPoint>>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>With a further run: who is not in it is gone, and a point is added where the band is another than before.</summary>
    public TraceBucket With(IEnumerable<(string Digest, ReadinessPoint Point)> people, IEnumerable<(string Name, string Digest)> names) => new(
        people.ToImmutableSortedDictionary(static one => one.Digest, one => Added(one.Digest, one.Point), StringComparer.Ordinal),
        names.ToImmutableSortedDictionary(static one => one.Name, static one => one.Digest, StringComparer.Ordinal));

    private ImmutableArray<ReadinessPoint> Added(string digest, ReadinessPoint point)
    {
        ImmutableArray<ReadinessPoint> before = People.GetValueOrDefault(digest) is { IsDefault: false } known ? known : [];
        return before is [.., var last] && last.Band == point.Band ? before : before.Add(point);
    }
}
