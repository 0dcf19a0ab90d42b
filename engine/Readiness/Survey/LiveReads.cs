using System.Collections.Immutable;
using ProvisioningConnector.Engine.Ports;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>
/// Reads people's methods themselves: everybody's, or only where the report does not suffice: people whom it does not have, rows that
/// contradict themselves, and people with only a phone whose row is older than their last
/// change, and people whose numbers are compared with an authoritative list.
/// </summary>
internal sealed class LiveReads(IMethodsReader methods, SurveyFacts facts, bool everybody)
{
    private long _items;
    private long _batches;

    /// <summary>People asked for.</summary>
    public long Items => Interlocked.Read(ref _items);

    /// <summary>Batches they were asked for in.</summary>
    public long Batched => Interlocked.Read(ref _batches);

    /// <summary>The places of those to be read, in batches. What is read takes its place in the array.</summary>
    public IAsyncEnumerable<LiveBatch> Batches(PersonFacts[] people)
    {
        ArgumentNullException.ThrowIfNull(people);
        return Enumerable.Range(0, people.Length).Where(i => Needs(people[i])).Chunk(IMethodsReader.MaxUsers)
            .Select(places => new LiveBatch(people, places)).ToAsyncEnumerable();
    }

    public async ValueTask ReadAsync(LiveBatch batch, CancellationToken cancellation)
    {
        ImmutableArray<UserRead> users = [.. batch.Places.Select(place => new UserRead(batch.People[place].Uid))];
        Interlocked.Add(ref _items, users.Length);
        Interlocked.Increment(ref _batches);
        ImmutableArray<MethodsReading> readings = await methods.ReadAsync(users, cancellation);
        for (int i = 0; i < users.Length; i++)
        {
            ref PersonFacts person = ref batch.People[batch.Places[i]];
            person = facts.Read(person, readings[i]);
        }
    }

    private bool Needs(PersonFacts person)
    {
        if (everybody || person.SourcePhone == SourcePhone.Unknown) return true;
        // Without a report the whole population would be read; that is asked for, not slipped in.
        if (!facts.ReportRead) return false;
        if (person.Methods is not { } methods || person.Contradiction) return true;
        bool phoneOnly = (methods & MethodSets.Phones) != PersonMethods.None && (methods & MethodSets.Counted) == PersonMethods.None;
        return phoneOnly && facts.ChangedSince(person.Uid, person.EvidenceAt);
    }
}

/// <summary>People to be read at once.</summary>
/// <param name="People">A page of people.</param>
/// <param name="Places">Which of them; at most <see cref="IMethodsReader.MaxUsers"/>.</param>
internal readonly record struct LiveBatch(PersonFacts[] People, int[] Places);
