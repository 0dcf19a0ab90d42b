using System.Diagnostics.CodeAnalysis;

namespace ProvisioningConnector.Engine.Readiness.Survey;

/// <summary>Values by object id, compared ignoring case. Ids are GUIDs, which take 16 bytes; whatever is not is kept as it is.</summary>
internal sealed class ByUid<T>
{
    private readonly Dictionary<Guid, T> _byGuid = [];
    private readonly Dictionary<string, T> _others = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _byGuid.Count + _others.Count;

    public T this[string uid]
    {
        set
        {
            if (Guid.TryParse(uid, out Guid guid)) _byGuid[guid] = value;
            else _others[uid] = value;
        }
    }

    public bool TryGet(string uid, [MaybeNullWhen(false)] out T value) =>
        Guid.TryParse(uid, out Guid guid) ? _byGuid.TryGetValue(guid, out value) : _others.TryGetValue(uid, out value);

    public bool Contains(string uid) => TryGet(uid, out _);
}
