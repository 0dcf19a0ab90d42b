using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Numbers;
using ProvisioningConnector.Engine.Ports;
using ProvisioningConnector.Engine.Records;

namespace ProvisioningConnector.TestKit.Stores;

/// <summary>What rows come to once the directory was matched.</summary>
internal sealed class MemoryResolution(
    IReadOnlyCollection<SourceRow> rows,
    IReadOnlyDictionary<UserKey, HashSet<string>> matches,
    IReadOnlyDictionary<string, DirectoryUser> users)
{
    public ImmutableArray<ResolvedRow> Rows()
    {
        Dictionary<string, SourceRow[]> named = rows.Where(row => UidOf(row) is not null)
            .GroupBy(row => UidOf(row) ?? "", StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
        Dictionary<PhoneNumber, int> shared = rows.SelectMany(row => Numbers(row).Select(number => (Number: number, Who: WhoOf(row))))
            .Distinct().GroupBy(pair => pair.Number).ToDictionary(group => group.Key, group => group.Count());
        return [.. rows.Select(row => Resolve(row, named, shared))];
    }

    private static IEnumerable<PhoneNumber> Numbers(SourceRow row)
    {
        if (row.Desired.Mobile.TryGet(out PhoneNumber mobile)) yield return mobile;
        if (row.Desired.AlternateMobile.TryGet(out PhoneNumber alternate)) yield return alternate;
    }

    private ResolvedRow Resolve(SourceRow row, Dictionary<string, SourceRow[]> named, Dictionary<PhoneNumber, int> shared)
    {
        int found = row.Key is { } key && matches.TryGetValue(key, out HashSet<string>? uids) ? uids.Count : 0;
        int most = Numbers(row).Select(number => shared[number]).DefaultIfEmpty(0).Max();
        if (UidOf(row) is not { } uid) return new ResolvedRow(row, null, found, 0, null, most);
        SourceRow[] same = named[uid];
        SourceRow other = ReferenceEquals(same[0], row) ? same[^1] : same[0];
        return new ResolvedRow(row, users[uid], found, same.Length, same.Length > 1 ? other.Place : null, most);
    }

    private string? UidOf(SourceRow row) =>
        row.Key is { } key && matches.TryGetValue(key, out HashSet<string>? uids) && uids.Count == 1 ? uids.Single().ToUpperInvariant() : null;

    private (string? Uid, UserKey? Key, long Ordinal) WhoOf(SourceRow row) =>
        UidOf(row) is { } uid ? (uid, null, 0) : row.Key is { } key ? (null, key, 0) : (null, null, row.Ordinal);
}
