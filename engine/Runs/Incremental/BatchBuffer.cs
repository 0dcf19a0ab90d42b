using System.Collections.Immutable;

namespace ProvisioningConnector.Engine.Runs.Incremental;

/// <summary>Collects until there are enough. May be added to from several threads at once.</summary>
internal sealed class BatchBuffer<T>(int size)
{
    private readonly Lock _gate = new();
    private readonly ImmutableArray<T>.Builder _items = ImmutableArray.CreateBuilder<T>(size);

    /// <summary>All of them when there are enough, otherwise null.</summary>
    public ImmutableArray<T>? Add(T item)
    {
        lock (_gate)
        {
            _items.Add(item);
            return _items.Count < size ? null : Take();
        }
    }

    /// <summary>What is there; null when nothing is.</summary>
    public ImmutableArray<T>? Drain()
    {
        lock (_gate) return _items.Count == 0 ? null : Take();
    }

    private ImmutableArray<T> Take()
    {
        ImmutableArray<T> all = _items.DrainToImmutable();
        _items.Capacity = size;
        return all;
    }
}
