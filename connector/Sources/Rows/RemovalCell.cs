using System.Collections.Immutable;
using ProvisioningConnector.Engine.Model;
using ProvisioningConnector.Engine.Model.Text;

namespace ProvisioningConnector.Sources.Rows;

/// <summary>The column <c>remove</c>: kinds of method alone (all of the kind) or <c>kind:id</c> (docs/sources.md#columns).</summary>
internal static class RemovalCell
{
    public static ImmutableArray<Removal> Read(Cell cell, RowFaultList faults)
    {
        if (cell.IsBlank || cell.IsNone || !ListCell.TryRead(cell, SourceColumn.Remove, faults, out ImmutableArray<string> entries)) return [];
        SortedDictionary<MethodKind, ImmutableArray<string>> wanted = new SortedDictionary<MethodKind, ImmutableArray<string>>();
        foreach (string entry in entries)
        {
            if (TryRead(entry, faults, out MethodKind kind, out string? id)) Merge(wanted, kind, id);
        }

        return [.. wanted.Select(pair => new Removal(pair.Key, pair.Value))];
    }

    private static bool TryRead(string entry, RowFaultList faults, out MethodKind kind, out string? id)
    {
        int colon = entry.IndexOf(':', StringComparison.Ordinal);
        string name = InvisibleCharacters.Trim(colon < 0 ? entry : entry[..colon]);
        id = colon < 0 ? null : InvisibleCharacters.Trim(entry[(colon + 1)..]);
        if (!MethodKinds.TryParseRemovable(name, out kind))
        {
            if (!CellTexts.AreSeen(name, SourceColumn.Remove, faults)) return false;
            string? nearest = Spelling.Nearest(name, MethodKinds.Removable.Select(candidate => candidate.Name()));
            faults.Add(RowFaults.UnknownRemoval(faults.At(SourceColumn.Remove), name, nearest));
            return false;
        }

        if (id is not "") return id is null || CellTexts.AreSeen(id, SourceColumn.Remove, faults);
        faults.Add(RowFaults.RemovalWithoutId(faults.At(SourceColumn.Remove), kind));
        return false;
    }

    // All of a kind includes every id of it; an id twice is once.
    private static void Merge(SortedDictionary<MethodKind, ImmutableArray<string>> wanted, MethodKind kind, string? id)
    {
        bool known = wanted.TryGetValue(kind, out ImmutableArray<string> ids);
        if (id is null || (known && ids.IsEmpty)) wanted[kind] = [];
        else if (!known) wanted[kind] = [id];
        else if (!ids.Contains(id, StringComparer.OrdinalIgnoreCase)) wanted[kind] = ids.Add(id);
    }
}
