using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Reports.Readiness;

namespace ProvisioningConnector.Composition.Readiness;

/// <summary>
/// The people of a tenant's last run of <c>readiness</c>, in sealed notes of the store: pages of one band each, and an index of them. So a page is one
/// reading, however many people there are.
/// </summary>
internal sealed class PeoplePages(IRunStore store, string tenantId)
{
    /// <summary>Most people on a page.</summary>
    public const int PageSize = 200;

    private string IndexName => $"readinessPeople:{tenantId.ToLowerInvariant()}";

    /// <summary>Null: no people are kept.</summary>
    /// <exception cref="StoreException">The note is damaged.</exception>
    public async ValueTask<PeopleIndex?> IndexAsync(CancellationToken cancellation)
    {
        if (await store.ReadNoteAsync(IndexName, cancellation) is not { Length: > 0 } text) return null;
        try
        {
            return JsonSerializer.Deserialize<PeopleIndex>(text);
        }
        catch (JsonException wrong)
        {
            throw Damaged(IndexName, wrong);
        }
    }

    /// <summary>Puts people in the place of those of the run before. Until it ends, the index is not complete.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="at">When it was.</param>
    /// <param name="people">Everybody to be kept.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task KeepAsync(string runId, DateTimeOffset at, IAsyncEnumerable<PersonEntry> people, CancellationToken cancellation)
    {
        PeopleIndex index = new(runId, at, IsComplete: false, [], (await IndexAsync(cancellation))?.Notes ?? 0);
        Dictionary<string, List<PersonEntry>> open = new(StringComparer.Ordinal);
        await foreach (PersonEntry person in people.WithCancellation(cancellation))
        {
            if (!open.TryGetValue(person.Band, out List<PersonEntry>? page)) open[person.Band] = page = [];
            page.Add(person);
            if (page.Count < PageSize) continue;
            index = await AddAsync(index, page, cancellation);
            page.Clear();
        }

        foreach (List<PersonEntry> page in open.Values.Where(static page => page.Count > 0)) index = await AddAsync(index, page, cancellation);
        await EraseAsync(index.Pages.Length, index.Notes, cancellation);
        await WriteAsync(index with { IsComplete = true, Notes = index.Pages.Length }, cancellation);
    }

    /// <summary>The people of a page; empty where a later run has put others there.</summary>
    /// <exception cref="StoreException">The note is damaged.</exception>
    public async ValueTask<ImmutableArray<PersonEntry>> PageAsync(PeopleIndex index, int page, CancellationToken cancellation)
    {
        string name = PageName(page);
        if (await store.ReadNoteAsync(name, cancellation) is not { Length: > 0 } text) return [];
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines[0] != index.RunId) return [];
        try
        {
            return [.. lines.Skip(1).Select(static line => ReadinessJson.Read(Encoding.UTF8.GetBytes(line)))];
        }
        catch (JsonException wrong)
        {
            throw Damaged(name, wrong);
        }
    }

    /// <summary>Takes one person out.</summary>
    /// <param name="user">Object id or user principal name; case does not count.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The object id; null: no such person is kept.</returns>
    public async ValueTask<string?> ForgetAsync(string user, CancellationToken cancellation)
    {
        string? found = null;
        if (await IndexAsync(cancellation) is not { } index) return found;
        for (int page = 0; page < index.Notes; page++)
        {
            ImmutableArray<PersonEntry> people = await PageAsync(index, page, cancellation);
            PersonEntry? person = people.FirstOrDefault(one => one.Uid.Equals(user, StringComparison.OrdinalIgnoreCase)
                || one.User.Equals(user, StringComparison.OrdinalIgnoreCase));
            if (person is null) continue;
            found = person.Uid;
            await WriteAsync(index.RunId, page, people.Remove(person), cancellation);
        }

        return found;
    }

    /// <summary>Takes everybody out.</summary>
    public async Task EraseAsync(CancellationToken cancellation)
    {
        if (await IndexAsync(cancellation) is not { } index) return;
        await EraseAsync(0, index.Notes, cancellation);
        await store.WriteNoteAsync(IndexName, string.Empty, cancellation);
    }

    private async Task EraseAsync(int from, int until, CancellationToken cancellation)
    {
        for (int page = from; page < until; page++) await store.WriteNoteAsync(PageName(page), string.Empty, cancellation);
    }

    /// <summary>The index is written first, so that no page is ever left that it does not know.</summary>
    private async Task<PeopleIndex> AddAsync(PeopleIndex index, List<PersonEntry> people, CancellationToken cancellation)
    {
        int page = index.Pages.Length;
        PeopleIndex next = index with { Pages = index.Pages.Add(new BandPage(people[0].Band, people.Count)), Notes = Math.Max(index.Notes, page + 1) };
        await WriteAsync(next, cancellation);
        await WriteAsync(index.RunId, page, people, cancellation);
        return next;
    }

    private ValueTask WriteAsync(PeopleIndex index, CancellationToken cancellation) =>
        store.WriteNoteAsync(IndexName, JsonSerializer.Serialize(index), cancellation);

    private ValueTask WriteAsync(string runId, int page, IEnumerable<PersonEntry> people, CancellationToken cancellation)
    {
        ArrayBufferWriter<byte> text = new();
        text.Write(Encoding.UTF8.GetBytes(runId));
        foreach (PersonEntry person in people)
        {
            text.Write("\n"u8);
            ReadinessJson.Write(person, text);
        }

        return store.WriteNoteAsync(PageName(page), Encoding.UTF8.GetString(text.WrittenSpan), cancellation);
    }

    private string PageName(int page) => $"{IndexName}:{page}";

    private static StoreException Damaged(string name, JsonException wrong) =>
        new(StoreProblem.Damaged, $"The store's note '{name}' cannot be read.", "Restore the store from a backup.", wrong);
}

/// <summary>Which people are kept; its names are stored.</summary>
/// <param name="RunId">The run.</param>
/// <param name="At">When it was.</param>
/// <param name="IsComplete">False while its pages are written, and after that was interrupted.</param>
/// <param name="Pages">Its pages by number.</param>
/// <param name="Notes">How many notes may hold people.</param>
internal sealed record PeopleIndex(string RunId, DateTimeOffset At, bool IsComplete, ImmutableArray<BandPage> Pages, int Notes);

/// <summary>A page; its names are stored.</summary>
/// <param name="Band">The band of everybody on it.</param>
/// <param name="People">How many.</param>
internal sealed record BandPage(string Band, int People);
