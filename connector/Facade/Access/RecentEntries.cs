namespace ProvisioningConnector.Facade.Access;

/// <summary>
/// Values by name, in bounded memory: what was not set for <paramref name="kept"/> is forgotten, and of more than <paramref name="most"/> the one that was not
/// set for longest leaves first. Not synchronised.
/// </summary>
/// <param name="most">Most entries.</param>
/// <param name="kept">How long an entry counts after it was set.</param>
internal sealed class RecentEntries<T>(int most, TimeSpan kept)
    where T : struct
{
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byAge = new();

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>Null: there is none.</summary>
    public T? Find(string name) => _entries.TryGetValue(name, out LinkedListNode<Entry>? node) ? node.Value.Value : null;

    /// <summary>What is older than <paramref name="now"/> allows is forgotten first, this name's entry too.</summary>
    public T? Find(string name, DateTimeOffset now)
    {
        while (_byAge.First is { } oldest && now - oldest.Value.At > kept) Remove(oldest.Value.Name);
        return Find(name);
    }

    public void Set(string name, T value, DateTimeOffset now)
    {
        Remove(name);
        if (_entries.Count >= most && _byAge.First is { } oldest) Remove(oldest.Value.Name);
        _entries[name] = _byAge.AddLast(new Entry(name, value, now));
    }

    public void Remove(string name)
    {
        if (_entries.Remove(name, out LinkedListNode<Entry>? node)) _byAge.Remove(node);
    }

    private readonly record struct Entry(string Name, T Value, DateTimeOffset At);
}
